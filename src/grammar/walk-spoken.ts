import { otherGaps } from './compounds.ts';
import type { GrammarParts } from './parts.ts';
import type { Walk } from './parse.ts';
import { walkExact } from './walk.ts';

/**
 * Returns every way in which the words are exactly a command, and whether they could go on. Sounds like "um" may occur
 * anywhere, and gaps between words may be missing or superfluous.
 */
export function walkSpoken(grammar: GrammarParts, words: readonly string[]): Walk {
  const whole = walkExact(grammar, words);
  if (whole.parses.length > 0) return whole;
  const meant = withoutFillers(grammar, words);
  const spoken = meant.length < words.length ? walkExact(grammar, meant) : whole;
  if (spoken.parses.length > 0) return spoken;
  const walks = otherGaps(meant, grammar.lexicon).map((way) => walkExact(grammar, way));
  const written = walks.find(({ parses }) => parses.length > 0);
  if (written || spoken.completeness !== 'none') return written ?? spoken;
  return walks.find(({ completeness }) => completeness !== 'none') ?? spoken;
}

/** Returns the words without sounds like "um". */
export function withoutFillers({ language }: Pick<GrammarParts, 'language'>, words: readonly string[]): string[] {
  return words.filter((word) => !language.fillers.includes(word));
}
