import type { Transcript } from '../types.ts';
import { asSaid } from './as-said.ts';
import { brokenOff, isMadeUpAtEnd } from './broken-off.ts';
import { toCandidate, withoutMatch } from './candidates.ts';
import { withoutContradiction } from './contradiction.ts';
import { isWorthAsking, sureness, type Evidence } from './judgement.ts';
import type { Matcher } from './matcher.ts';
import { laterThan, nearestOf, readingsOf, share, slotsWithAlternatives } from './readings.ts';
import type { MatchResult } from './result.ts';
import { turnedAway, withoutReading, withUnknown } from './turned-away.ts';
import { scaleNear } from './unheld.ts';
import { findUnknownPart } from './unknown-part.ts';

/**
 * Understands a transcript by all its readings. The constrained readings, and the free one if it is a command too,
 * compete by how well they fit the sound; the best one counts unless a sure word contradicts it. If no reading is
 * exactly a command, the free text is matched nearly.
 */
export function understandTranscript(matcher: Matcher, transcript: Transcript): MatchResult {
  const { text, prompted, constrained = [] } = transcript;
  const texts = [text, ...(prompted ? [prompted.text] : []), ...constrained.map((reading) => reading.text)];
  return asSaid(understandReadings(matcher, transcript), texts, matcher.grammar);
}

function understandReadings(matcher: Matcher, transcript: Transcript): MatchResult {
  const free = matcher.match(transcript.text);
  const readings = readingsOf(matcher, transcript, free);
  const [best] = readings;
  if (!best) return free.also ? free : withUnknown(withoutReading(matcher, transcript, free), matcher, transcript);
  const surest = nearestOf(readings, best);
  const broken = isMadeUpAtEnd(free, surest, matcher) ? free : brokenOff(matcher, transcript, best);
  if (broken) return withoutMatch(broken);
  const { language } = matcher.grammar;
  const { match, completeness } = surest.result;
  const rivals = readings.filter(({ identity }) => identity !== best.identity);
  const candidates = rivals.map((rival) =>
    toCandidate({ ...rival.result.match, score: share(readings, rival), reason: 'also sounded likely' }),
  );
  const score = sureness(surest.evidence(), language);
  const ruledOut = withoutContradiction({ ...surest.result, candidates }, matcher, [
    transcript.text,
    transcript.prompted?.text ?? '',
    match.phrase,
  ]);
  if (!ruledOut.match) return ruledOut;
  if (score < matcher.threshold) {
    if (free.completeness === 'incomplete' && !free.match) return withoutMatch(free);
    const unsure = toCandidate({ ...match, score, reason: 'does not sound enough like it' });
    const turned = turnedAway(unsure, candidates, {
      free,
      near: scaleNear(free, transcript, matcher),
      threshold: matcher.threshold,
    });
    if (isWorthAsking(surest.evidence(), language))
      return { ...turned, suggestion: { ...match, score, via: 'grammar', candidates } };
    return withUnknown(turned, matcher, transcript, match.command);
  }
  const later = laterThan(best, readings, matcher);
  const rival = later ?? rivals[0];
  if (later || (rival && share(readings, best) - share(readings, rival) < matcher.margin)) {
    return {
      candidates: [toCandidate({ ...match, score, reason: 'as likely as another' }), ...candidates],
      completeness,
      reason: `This could be "${match.phrase}" or "${rival!.result.match.phrase}".`,
      choices: [match, rival!.result.match].map((choice) => ({ ...choice, score, via: 'grammar', candidates: [] })),
    };
  }
  const via = surest.isFree ? 'exact' : 'grammar';
  return {
    ...surest.result,
    match: { ...match, score, via, candidates },
    candidates,
    slots: slotsWithAlternatives(readings, surest),
  };
}

/** Understands a typed phrase, exactly or nearly, and reports which words no command explains. */
export function understandText(matcher: Matcher, text: string): MatchResult {
  const result = asSaid(withoutContradiction(matcher.match(text), matcher, [text]), [text], matcher.grammar);
  const { completeness } = result;
  // A whole command that does not run is known, and ruled out for another reason.
  const isKnown = result.match ?? result.beginning ?? result.unknown ?? result.suggestion ?? completeness === 'closed';
  const found = isKnown || completeness === 'extendable' ? undefined : findUnknownPart(matcher.grammar, text);
  return { ...result, ...found };
}

/**
 * Returns the best reading that is exactly a command, and what speaks for and against it; the weights of the judgement
 * are fitted to these.
 */
export function bestReading(
  matcher: Matcher,
  transcript: Transcript,
): { result: MatchResult; evidence: Evidence } | undefined {
  const readings = readingsOf(matcher, transcript, matcher.match(transcript.text));
  const nearest = readings[0] && nearestOf(readings, readings[0]);
  return nearest && { result: nearest.result, evidence: nearest.evidence() };
}
