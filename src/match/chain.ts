import type { Grammar } from '../grammar/index.ts';
import type { CommandMatch } from '../types.ts';
import { ChainParts, type Known, type MatchAlone } from './chain-parts.ts';
import { beginningReason, type MatchResult, type UnknownPart } from './result.ts';

/** The most commands in one breath; anything longer is a speech rather than an order. */
const maxCommands = 4;

/**
 * Understands "turn on the lights and close the blinds": every part between two links must be exactly a command.
 * Returns undefined when no part is one. When the words are only the beginning of a chain, or one part is not a
 * command, the result has no match, so nothing runs, and its reason says which part it is.
 * @param match understands words as one command
 */
export function matchChain(words: readonly string[], grammar: Grammar, match: MatchAlone): MatchResult | undefined {
  const parts = new ChainParts(words, grammar, match);
  const all = parts.between(0, words.length);
  if (all) return joined(all);
  // Nobody breaks off before "and", so the whole commands before it may be followed by one that is not complete yet.
  const starts = parts.startsFrom(0);
  if (starts.some((start) => isBeginning(words.slice(start), match))) {
    return { candidates: [], completeness: 'incomplete', reason: beginningReason };
  }
  const start = starts.at(-1) ?? 0;
  const before = parts.links.find(({ at }) => parts.between(0, at) && parts.after(at).includes(start));
  const end = parts.links.find(({ at, next }) => at > start && parts.between(next, words.length));
  if (!before && !end) return undefined;
  if ([before, end].some((link) => link && parts.isInNumber(link))) return undefined;
  const known = [
    ...(before ? parts.between(0, before.at)! : []),
    ...(end ? parts.between(end.next, words.length)! : []),
  ];
  const where = before && end ? 'inside' : before ? 'after' : 'before';
  return withStranger({ known, stranger: words.slice(start, end?.at), where }, { whole: match(words), grammar, match });
}

function joined([first, ...others]: readonly [Known, ...Known[]]): MatchResult {
  const later = [first, ...others].filter(({ match }) => match.delay);
  if (later.length > 0 && later.length <= others.length)
    return {
      candidates: [],
      completeness: (others.at(-1) ?? first).completeness,
      reason: `It is not clear whether all of this is meant ${later[0]!.match.delay!.words}; please say it one by one.`,
    };
  const { completeness } = others.at(-1) ?? first;
  const { match, slots, candidates } = first;
  if (others.length < maxCommands) {
    return { match, ...(slots ? { slots } : {}), candidates, also: others.map((other) => other.match), completeness };
  }
  const reason = `These are ${others.length + 1} commands; up to ${maxCommands} may be given in one breath.`;
  return { candidates: [], completeness, reason };
}

function isBeginning(rest: readonly string[], match: MatchAlone): boolean {
  if (rest.length === 0) return true;
  const result = match(rest);
  return !result.match && result.completeness === 'incomplete';
}

/**
 * Handles words that are commands except for one part. They may still be meant as a single command, unless that command
 * would pass over the part.
 */
function withStranger(
  { known, stranger, where }: { known: readonly Known[]; stranger: readonly string[]; where: UnknownPart['where'] },
  { whole, grammar, match }: { whole: MatchResult; grammar: Grammar; match: MatchAlone },
): MatchResult {
  const saysMore = stranger.some((word) => !grammar.language.weak.includes(word));
  const passesOver = saysMore && known.some((part) => isSame(part.match, whole.match));
  if (whole.completeness === 'incomplete' || (whole.match && !passesOver)) return whole;
  const result = match(stranger);
  const names = known.map((part) => `“${part.said}”`).join(' and ');
  const said = `“${stranger.join(' ')}”`;
  const { match: near, candidates } = result;
  if (!near && result.completeness !== 'incomplete') {
    const reason = `I know ${names}, and not ${said}. Nothing was done.`;
    return { candidates, completeness: 'none', unknown: { where, words: stranger.join(' ') }, reason };
  }
  const nearest = near
    ? [{ command: near.command, phrase: near.phrase, score: near.score, reason: 'its words are near' }]
    : [];
  const reason = `I know ${names}, and I am not sure of ${said}. Nothing was done.`;
  return { candidates: [...nearest, ...candidates], completeness: 'none', reason };
}

function isSame(one: CommandMatch, other: CommandMatch | undefined): boolean {
  return (
    one.command === other?.command &&
    JSON.stringify([one.args, one.delay]) === JSON.stringify([other.args, other.delay])
  );
}
