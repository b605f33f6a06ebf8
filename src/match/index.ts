export { Matcher } from './matcher.ts';
export type { MatchedSlot, MatchResult } from './result.ts';
