import { z } from 'zod';
import type { Fraction, Language } from '../../language/index.ts';
import { foldWord, foldWords } from '../fold.ts';
import type { Pattern } from '../pattern.ts';
import { tokenize } from '../tokenize.ts';
import { numberPhrases } from './number-phrases.ts';
import type { Slot } from './slot.ts';
import { SpokenValues } from './spoken-values.ts';

const unitSeconds = { hour: 3600, minute: 60, second: 1 } as const;
const unitNames = ['hour', 'minute', 'second'] as const;

/** Counts before a unit: whole numbers, quarters, "a". */
const counts = new SpokenValues<number>(
  function* (language) {
    for (let value = 0; value < 1000; value++) {
      for (const phrase of value < 200 ? numberPhrases(value, language) : [String(value)]) yield [phrase, value];
    }
    for (let value = 0; value < 25; value++) {
      for (const part of [0.5, 0.25, 0.75])
        for (const phrase of numberPhrases(value + part, language)) yield [phrase, value + part];
    }
    for (const word of language.one) yield [word, 1];
    for (const [phrase, factor] of language.beforeUnit) yield [phrase, factor];
  },
  { isComplete: true },
);

/** A count without its unit, after a larger unit: "1h30". */
const bareCounts = new SpokenValues<number>(
  function* (language) {
    for (let value = 1; value < 60; value++) for (const phrase of numberPhrases(value, language)) yield [phrase, value];
  },
  { isComplete: true },
);

/** Durations that are one word or a fixed phrase. */
const wholes = new SpokenValues<number>((language) => Object.entries(language.durations), { isComplete: true });

/**
 * A length of time in hours, minutes and seconds: "an hour and a half", "1 minute and 45 seconds", "half an hour", "one
 * hour thirty". The value is in **seconds**.
 */
export function duration(): Slot<number> {
  return {
    type: 'duration',
    schema: z.number().nonnegative(),
    key: 'duration',
    vagueness: 0.1,
    guessable: false,
    problems: () => [],
    pattern: durationPattern,
    parse: (words, language) => wholes.find(words, language) ?? parseDuration(words, language),
    question: (language) => language.sentences.howLong,
    hint: (language) => `such as "5 ${language.units.minute[1] ?? language.units.minute[0]!}"`,
  };
}

function durationPattern(language: Language): Pattern {
  const count: Pattern = { kind: 'phrases', phrases: counts.phrases(language) };
  const bare: Pattern = { kind: 'phrases', phrases: bareCounts.phrases(language) };
  const then = (next: Pattern): Pattern =>
    optional({
      kind: 'choice',
      options: [{ kind: 'sequence', parts: [optional(words(language.and)), count, next] }, bare],
    });
  const unit = (name: keyof typeof unitSeconds): Pattern => words(language.units[name]);
  const fraction = optional(words(language.afterUnit.map(([phrase]) => phrase)));
  const seconds = unit('second');
  const minutes: Pattern = { kind: 'sequence', parts: [unit('minute'), fraction, then(seconds)] };
  const hours: Pattern = {
    kind: 'sequence',
    parts: [unit('hour'), fraction, then({ kind: 'choice', options: [minutes, seconds] })],
  };
  return {
    kind: 'choice',
    options: [
      { kind: 'sequence', parts: [count, { kind: 'choice', options: [hours, minutes, seconds] }] },
      { kind: 'phrases', phrases: wholes.phrases(language) },
    ],
  };
}

function optional(part: Pattern): Pattern {
  return { kind: 'optional', part };
}

function words(phrases: readonly string[]): Pattern {
  return { kind: 'phrases', phrases: phrases.map(tokenize) };
}

/**
 * Reads from left to right: a count, a unit, perhaps a fraction of the unit, then smaller units. Returns seconds, or
 * undefined.
 */
function parseDuration(spoken: readonly string[], language: Language, largest = Infinity): number | undefined {
  for (const skip of largest === Infinity ? [0] : [0, ...lengths(spoken, language.and)]) {
    const words = spoken.slice(skip);
    for (const { count, unit, end } of readCounts(words, language)) {
      if (unit >= largest) continue;
      const rests = [{ length: 0, factor: 0 }, ...(unit > 1 ? fractions(words.slice(end), language.afterUnit) : [])];
      for (const { length, factor } of rests) {
        const seconds = (count + factor) * unit;
        const left = words.slice(end + length);
        if (left.length === 0) return Math.round(seconds * 1000) / 1000;
        const bare = unit > 1 ? bareCounts.find(left, language) : undefined;
        if (bare !== undefined) return seconds + (bare * unit) / 60;
        const more = parseDuration(left, language, unit);
        if (more !== undefined) return seconds + more;
      }
    }
  }
  return undefined;
}

/** Returns the counts that the words may begin with, each with its unit (seconds) and the position after it. */
function readCounts(spoken: readonly string[], language: Language): { count: number; unit: number; end: number }[] {
  const found: { count: number; unit: number; end: number }[] = [];
  for (let at = 1; at < Math.min(spoken.length, 10); at++) {
    const key = foldWord(spoken[at]!);
    const name = unitNames.find((unit) => language.units[unit].some((word) => foldWord(word) === key));
    const count = name && counts.find(spoken.slice(0, at), language);
    if (name && count !== undefined) found.push({ count, unit: unitSeconds[name], end: at + 1 });
  }
  return found;
}

function fractions(spoken: readonly string[], all: readonly Fraction[]): { factor: number; length: number }[] {
  return all.flatMap(([phrase, factor]) => lengths(spoken, [phrase]).map((length) => ({ factor, length })));
}

/** Returns the lengths of the phrases that the words begin with. */
function lengths(spoken: readonly string[], phrases: readonly string[]): number[] {
  return phrases
    .map(tokenize)
    .filter((parts) => foldWords(spoken.slice(0, parts.length)) === foldWords(parts))
    .map((parts) => parts.length);
}
