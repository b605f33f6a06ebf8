import { otherGaps } from './compounds.ts';
import type { GrammarParts } from './parts.ts';
import type { Walk } from './parse.ts';
import { commandsOfRequest } from './requests.ts';
import { perLanguage } from './slots/per-language.ts';
import { tokenize } from './tokenize.ts';
import { walkExact } from './walk.ts';

/**
 * Returns every way in which the words are exactly a command, and whether they could go on. Sounds like "um" may occur
 * anywhere, gaps between words may be missing or superfluous, and a request is the command that it asks for.
 */
export function walkSpoken(grammar: GrammarParts, words: readonly string[]): Walk {
  const whole = walkExact(grammar, words);
  if (whole.parses.length > 0) return whole;
  const meant = withoutFillers(grammar, words);
  const spoken = meant.length < words.length ? walkExact(grammar, meant) : whole;
  if (spoken.parses.length > 0) return spoken;
  const walks = otherGaps(meant, grammar.lexicon).map((way) => walkExact(grammar, way));
  const written = walks.find(({ parses }) => parses.length > 0);
  if (written) return written;
  const commanded = commandsOfRequest(grammar, meant).map((way) => walkExact(grammar, way));
  const requested = commanded.find(({ parses }) => parses.length > 0);
  if (requested || spoken.completeness !== 'none') return requested ?? spoken;
  return [...walks, ...commanded].find(({ completeness }) => completeness !== 'none') ?? spoken;
}

/** The sounds that mean nothing, the longest first, as words: in writing without spaces, most are several. */
const fillersOf = perLanguage((language) =>
  language.fillers.map((filler) => tokenize(filler)).sort((a, b) => b.length - a.length),
);

/** Returns the words without sounds like "um". */
export function withoutFillers({ language }: Pick<GrammarParts, 'language'>, words: readonly string[]): string[] {
  const fillers = fillersOf(language);
  const meant: string[] = [];
  for (let at = 0; at < words.length;) {
    const filler = fillers.find((sounds) => sounds.every((sound, i) => words[at + i] === sound));
    if (!filler) meant.push(words[at]!);
    at += filler?.length ?? 1;
  }
  return meant;
}
