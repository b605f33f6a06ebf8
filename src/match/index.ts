export { Matcher } from './matcher.ts';
export { beginningReason, type MatchedSlot, type MatchResult } from './result.ts';
export { understandTranscript } from './understand.ts';
