import { z } from 'zod';
import type { Language } from '../../language/index.ts';
import { DurationReader } from '../numbers/duration-reader.ts';
import { numberEnds } from '../numbers/number-ends.ts';
import { wholeNumbers } from '../numbers/number-pattern.ts';
import type { Pattern } from '../pattern.ts';
import { choice, optional, phrases, sequence, words } from '../pattern-parts.ts';
import { tokenize } from '../tokenize.ts';
import { numberPhrases } from './number-phrases.ts';
import type { Slot } from './slot.ts';

/** Digits up to here are listed in front of a unit; all others are understood too. */
const mostDigits = 200;
/** Halves and quarters are listed up to here, in words. */
const mostFractions = 25;

/**
 * A length of time from seconds to weeks: "an hour and a half", "1 minute and 45 seconds", "half an hour", "one hour
 * thirty", "two days". The value is in **seconds**.
 */
export function duration(): Slot<number> {
  const parse = (words: readonly string[], language: Language): number | undefined =>
    DurationReader.of(language).read(words);
  return {
    type: 'duration',
    schema: z.number().nonnegative(),
    key: 'duration',
    vagueness: 0.1,
    guessable: false,
    problems: () => [],
    pattern: durationPattern,
    parse,
    ends: (words, at, language) =>
      numberEnds(words, at, language, {
        hasValue: (some) => parse(some, language) !== undefined,
        isPart: (word) => DurationReader.of(language).isPart(word),
      }),
    question: (language) => language.sentences.howLong,
    hint: (language) => `such as "5 ${language.units.minute[1] ?? language.units.minute[0]!}"`,
  };
}

function durationPattern(language: Language): Pattern {
  const { week, day, hour, minute, second } = language.units;
  const count = counts(language);
  const bare = phrases(listed(language, 1, 59));
  // What follows the first unit is less than one of it.
  const few = phrases([...listed(language, 1, 59), ...starts(language)]);
  const fraction = language.afterUnit.length > 0 ? [optional(words(language.afterUnit.map(([phrase]) => phrase)))] : [];
  const and = language.and.length > 0 ? [optional(words(language.and))] : [];
  const unit = (names: readonly string[], next: Pattern[], hasBare: boolean): Pattern[] => {
    if (names.length === 0) return next;
    const smaller = [...(next.length > 0 ? [sequence(few, choice(...next))] : []), ...(hasBare ? [bare] : [])];
    const rest = smaller.length > 0 ? [...fraction, optional(sequence(...and, choice(...smaller)))] : [];
    return [...next, sequence(words(names), ...rest)];
  };
  const seconds = unit(second, [], false);
  const minutes = unit(minute, seconds, true);
  const hours = unit(hour, minutes, true);
  const days = unit(day, hours, false);
  const weeks = unit(week, days, false);
  return choice(sequence(count, choice(...weeks)), words(Object.keys(language.durations)));
}

/** Counts before a unit: whole numbers, quarters, "a". */
function counts(language: Language): Pattern {
  const parts = Array.from({ length: mostFractions }, (_, whole) =>
    [0.5, 0.25, 0.75].flatMap((part) => numberPhrases(whole + part, language).map(tokenize)),
  );
  const digits = Array.from({ length: mostDigits }, (_, value) => [String(value)]);
  return choice(phrases([...digits, ...parts.flat(), ...starts(language)]), wholeNumbers(999, language));
}

/** Counts that are no numbers: "a", "half an". */
function starts(language: Language): string[][] {
  return [...language.one, ...language.beforeUnit.map(([phrase]) => phrase)].map(tokenize);
}

function listed(language: Language, from: number, to: number): string[][] {
  return Array.from({ length: to - from + 1 }, (_, i) => numberPhrases(from + i, language).map(tokenize)).flat();
}
