import { beginningReason, type MatchResult } from './result.ts';

/** Commands in one breath; more is a speech, not an order. */
const maxCommands = 4;

/**
 * Understands "turn on the lights and close the blinds": every part between two links must be a command exactly. Undefined when the
 * words are no such chain; without a match when they are the beginning of one.
 */
export function matchChain(words: readonly string[], links: readonly string[], match: (part: readonly string[]) => MatchResult): MatchResult | undefined {
  for (let at = 1; at < words.length; at++) {
    if (!links.includes(words[at]!)) continue;
    const first = match(words.slice(0, at));
    if (first.match?.via !== 'exact' || first.also) continue;
    const rest = words.slice(at + 1);
    if (rest.length === 0) return { candidates: [], completeness: 'incomplete', reason: beginningReason };
    const second = match(rest);
    if (second.match?.via === 'exact') {
      const also = [second.match, ...(second.also ?? [])];
      if (also.length < maxCommands) return { ...first, also, completeness: second.completeness };
    }
    if (!second.match && second.completeness === 'incomplete') return { candidates: [], completeness: 'incomplete', reason: beginningReason };
  }
  return undefined;
}
