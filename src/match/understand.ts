import type { Transcript } from '../types.ts';
import type { Matcher, MatchResult } from './index.ts';

/** Understands a transcript by its readings: the free one first, then those that the grammar allows. */
export function understandTranscript(matcher: Matcher, transcript: Transcript): MatchResult {
  return matcher.match(transcript.text);
}
