import { firstScale, mostOf, type Language, type Scale } from '../../language/index.ts';
import type { Pattern } from '../pattern.ts';
import { choice, optional, phrases, sequence } from '../pattern-parts.ts';
import { tokenize } from '../tokenize.ts';

/** Bounds of numbers, both inclusive, and the distance between two of them. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** How many numbers of a large range are also listed in digits. */
const mostInDigits = 1000;
const mostDecimals = 4;

/**
 * Returns the pattern of a range that is too large to list each number: numbers are put together from hundreds,
 * thousands and so on. It also takes some numbers outside of the range, which then have no value.
 */
export function composedNumbers({ min, max, step }: NumberRange, language: Language): Pattern {
  const wholes = wholeNumbers(Math.max(Math.abs(min), Math.abs(max)), language);
  const size = Number.isInteger(step) ? wholes : sequence(wholes, optional(decimals(language)));
  const minus = language.minus.map(tokenize);
  const digits = Array.from({ length: mostInDigits }, (_, i) => Math.max(0, Math.ceil(min)) + i)
    .filter((value) => value <= max)
    .map((value) => [String(value)]);
  const sign = min >= 0 || minus.length === 0 ? [] : [max < 0 ? phrases(minus) : optional(phrases(minus))];
  return choice(phrases(digits), sequence(...sign, size));
}

/** Returns the pattern of the whole numbers from 0 to `most`, and perhaps a few more. */
export function wholeNumbers(most: number, language: Language): Pattern {
  const limit = Math.min(firstScale(language), most + 1);
  const zero = phrases(language.spell(0).map(tokenize));
  if (!Number.isFinite(limit)) return zero;
  const scales = language.scales.filter(({ value, counts }) => value <= most && !counts);
  const small = spelled(1, limit - 1, (value) => language.spell(value));
  const options = [zero, small];
  // What may follow the head of each scale, from nothing but hundreds on.
  let rest: Pattern = spelled(1, limit - 1, (value) => language.spellAfter(value));
  for (const scale of scales) {
    const head = headOf(scale, Math.min(mostOf(scale, language), Math.floor(most / scale.value)), language);
    const links = phrases(language.scaleLinks.map(tokenize));
    const full = sequence(head, optional(sequence(...(language.scaleLinks.length > 0 ? [optional(links)] : []), rest)));
    options.push(full);
    rest = choice(rest, full);
  }
  return choice(...options);
}

function headOf(scale: Scale, most: number, language: Language): Pattern {
  const one = phrases(scale.one.map(tokenize));
  if (most < 2) return one;
  const limit = firstScale(language);
  const counts = (value: number): string[] => language.spellBefore(value);
  if (scale.isJoined && most < limit)
    return choice(
      one,
      spelled(2, most, (value) => scale.words.flatMap((word) => counts(value).map((count) => `${count}${word}`))),
    );
  const count = most < limit ? spelled(2, most, counts) : wholeNumbers(most, language);
  return choice(one, sequence(count, phrases(scale.words.map(tokenize))));
}

/** "Point two five". */
function decimals(language: Language): Pattern {
  const digit = spelled(0, 9, (value) => language.spell(value));
  const digits = Array.from({ length: mostDecimals }).reduce<Pattern | undefined>(
    (rest) => (rest ? sequence(digit, optional(rest)) : digit),
    undefined,
  )!;
  return sequence(phrases(language.point.map(tokenize)), digits);
}

function spelled(from: number, to: number, spell: (value: number) => string[]): Pattern {
  return phrases(Array.from({ length: to - from + 1 }, (_, i) => spell(from + i).map(tokenize)).flat());
}
