export { Matcher } from './matcher.ts';
export { beginningReason, type MatchedSlot, type MatchResult, type UnknownPart } from './result.ts';
export { understandTranscript } from './understand.ts';
