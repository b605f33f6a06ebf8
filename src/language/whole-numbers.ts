import type { Language, Scale } from './language.ts';

/** What whole numbers are made of. */
export type WholeNumbers = Pick<Language, 'spell' | 'scales' | 'spellBefore' | 'spellAfter' | 'scaleLinks'>;

/** More ways to say one number are not worth listing. */
const maxWays = 24;

/** Returns how many of a scale are said at most. */
export function mostOf(scale: Scale, { scales }: Pick<WholeNumbers, 'scales'>): number {
  const next = scales.find(({ value }) => value > scale.value && value >= firstScale({ scales }));
  return next ? next.value / scale.value - 1 : 999;
}

/** The value up to which numbers have words of their own: that of the first scale which takes every count. */
export function firstScale({ scales }: Pick<WholeNumbers, 'scales'>): number {
  return scales.find(({ counts }) => !counts)?.value ?? Infinity;
}

/** Returns the ways to say a whole number, the usual one first; none for one that the scales do not reach. */
export function spellWhole(value: number, language: WholeNumbers): string[] {
  const ways = value < firstScale(language) ? language.spell(value) : [];
  const heads = language.scales.filter((scale) => takes(scale, Math.floor(value / scale.value), language)).reverse();
  // A scale of chosen counts ("fifteen hundred") is never the usual way.
  for (const scale of heads.sort((a, b) => Number(!!a.counts) - Number(!!b.counts)).slice(0, 2)) {
    if (ways.length > 0 && !scale.counts) break;
    ways.push(...withRest(scale, Math.floor(value / scale.value), value % scale.value, language));
  }
  return [...new Set(ways)].slice(0, maxWays);
}

/** Whether so many of a scale are said. */
export function takes(scale: Scale, count: number, language: Pick<WholeNumbers, 'scales'>): boolean {
  return count >= 1 && (scale.counts ? scale.counts(count) : count <= mostOf(scale, language));
}

function withRest(scale: Scale, count: number, rest: number, language: WholeNumbers): string[] {
  const gap = scale.isJoined ? '' : ' ';
  const words = scale.usual ? [scale.usual(count)] : scale.words;
  const heads =
    count === 1 ? scale.one : countWays(count, language).flatMap((many) => words.map((word) => `${many}${gap}${word}`));
  if (rest === 0) return [...heads];
  const ends = rest < firstScale(language) ? language.spellAfter(rest) : spellWhole(rest, language);
  const links = ['', ...language.scaleLinks.map((link) => `${link}${gap}`)];
  return links.flatMap((link) => heads.flatMap((head) => ends.map((end) => `${head}${gap}${link}${end}`)));
}

function countWays(count: number, language: WholeNumbers): string[] {
  return count < firstScale(language) ? language.spellBefore(count) : spellWhole(count, language);
}
