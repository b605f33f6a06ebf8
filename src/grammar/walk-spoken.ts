import { otherGaps } from './compounds.ts';
import type { GrammarParts } from './parts.ts';
import { walkExact, type Walk } from './walk.ts';

/**
 * Every way the words are a command exactly, and whether they could go on. Sounds like "um" may stand anywhere, gaps
 * may be missing or too many.
 */
export function walkSpoken(grammar: GrammarParts, words: readonly string[]): Walk {
  const whole = walkExact(grammar, words);
  if (whole.parses.length > 0) return whole;
  const meant = withoutFillers(grammar, words);
  const spoken = meant.length < words.length ? walkExact(grammar, meant) : whole;
  if (spoken.parses.length > 0) return spoken;
  const respelled = otherGaps(meant, grammar.lexicon);
  const walk = respelled && walkExact(grammar, respelled);
  return walk && (walk.parses.length > 0 || spoken.completeness === 'none') ? walk : spoken;
}

/** The words but for sounds like "um". */
export function withoutFillers({ language }: Pick<GrammarParts, 'language'>, words: readonly string[]): string[] {
  return words.filter((word) => !language.fillers.includes(word));
}
