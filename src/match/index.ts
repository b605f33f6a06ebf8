export { Matcher } from './matcher.ts';
export { beginningReason, type MatchedSlot, type MatchResult } from './result.ts';
export { understandText, understandTranscript } from './understand.ts';
