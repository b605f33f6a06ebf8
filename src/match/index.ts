export { Matcher } from './matcher.ts';
export type { MatchedSlot, MatchResult } from './result.ts';
export { understandTranscript } from './understand.ts';
