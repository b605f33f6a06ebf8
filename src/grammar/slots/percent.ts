import { z } from 'zod';
import type { Language } from '../../language/index.ts';
import { readDigits } from './number-phrases.ts';
import type { Slot } from './slot.ts';
import { SpokenValues } from './spoken-values.ts';

/** Bounds of a percentage. */
export interface PercentOptions {
  /** Default 0. */
  min?: number;
  /** Default 100. */
  max?: number;
}

/** A whole percentage: "fifty percent", "50%", "50", "half", "full". The value is 0–100, not 0–1. */
export function percent(options: PercentOptions = {}): Slot<number> {
  const { min = 0, max = 100 } = options;
  const written = (word: string, language: Language): number | undefined => {
    const value = readDigits(word.replace(/%$/, ''), language);
    return value !== undefined && Number.isInteger(value) && value >= min && value <= max ? value : undefined;
  };
  const spoken = new SpokenValues<number>((language) => entries(language, min, max), { isComplete: true });
  return {
    type: 'percent',
    schema: z.int().min(min).max(max),
    key: `percent:${min}:${max}`,
    vagueness: 0.1,
    guessable: false,
    problems: () =>
      min > max
        ? [`min (${min}) is above max (${max}), so there is no percentage to say`]
        : [min, max].every((bound) => Number.isInteger(bound) && bound >= 0 && bound <= 1000)
          ? []
          : ['min and max must be whole numbers from 0 to 1000'],
    pattern: (language) => ({ kind: 'phrases', phrases: spoken.phrases(language) }),
    parse: (words, language) =>
      (words.length === 1 ? written(words[0]!, language) : undefined) ?? spoken.find(words, language),
    // "50.0%".
    acceptsWord: (word, language) => written(word, language) !== undefined,
    hint: () => `${min} to ${max} percent`,
  };
}

function* entries(language: Language, min: number, max: number): Iterable<[string, number]> {
  if (!Number.isInteger(min) || !Number.isInteger(max)) return;
  for (let value = Math.max(0, min); value <= Math.min(max, 1000); value++) {
    yield [`${value}%`, value];
    for (const words of [String(value), ...language.spell(value)]) {
      yield [words, value];
      for (const sign of language.percent) yield [`${words} ${sign}`, value];
    }
  }
  for (const [words, value] of Object.entries(language.percentWords)) {
    if (value < min || value > max) continue;
    yield [words, value];
  }
}
