import type { Language } from '../../language/index.ts';
import { foldWord } from '../fold.ts';
import { tokenize } from '../tokenize.ts';
import { NumberReader } from './number-reader.ts';

const unitSeconds = { week: 604_800, day: 86_400, hour: 3600, minute: 60, second: 1 } as const;
const clock = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/;

/** A phrase as folded words, and what it stands for. */
type Meaning = readonly [words: readonly string[], value: number];

/** Reads lengths of time in the words of one language. */
export class DurationReader {
  static readonly #known = new WeakMap<Language, DurationReader>();
  readonly #numbers: NumberReader;
  readonly #units: readonly Meaning[];
  readonly #wholes: ReadonlyMap<string, number>;
  readonly #beforeUnit: ReadonlyMap<string, number>;
  readonly #afterUnit: readonly Meaning[];
  readonly #and: ReadonlySet<string>;
  readonly #parts: ReadonlySet<string>;

  private constructor(language: Language) {
    this.#numbers = NumberReader.of(language);
    this.#units = Object.entries(unitSeconds).flatMap(([name, seconds]) =>
      language.units[name as keyof typeof unitSeconds].map((unit): Meaning => [folded(unit), seconds]),
    );
    this.#wholes = mapOf(Object.entries(language.durations));
    this.#beforeUnit = mapOf([...language.one.map((word) => [word, 1] as const), ...language.beforeUnit]);
    this.#afterUnit = language.afterUnit.map(([phrase, factor]) => [folded(phrase), factor]);
    this.#and = new Set(language.and.map(foldWord));
    const keys = [...this.#wholes.keys(), ...this.#beforeUnit.keys()].flatMap((key) => key.split(' '));
    this.#parts = new Set([...keys, ...[...this.#units, ...this.#afterUnit].flatMap(([words]) => words), ...this.#and]);
  }

  static of(language: Language): DurationReader {
    let reader = DurationReader.#known.get(language);
    if (!reader) DurationReader.#known.set(language, (reader = new DurationReader(language)));
    return reader;
  }

  /** Whether a word that is no part of a number can be part of a length of time. */
  isPart(word: string): boolean {
    return this.#parts.has(foldWord(word));
  }

  /** Returns the length of time in seconds, or undefined when the words as a whole are none. */
  read(words: readonly string[]): number | undefined {
    const spoken = words.map(foldWord);
    const seconds = this.#wholes.get(spoken.join(' ')) ?? this.#clock(spoken) ?? this.#parse(spoken, Infinity);
    return seconds === undefined ? undefined : Math.round(seconds * 1000) / 1000;
  }

  /** "1:30:00" and "1:30" begin with hours, unless a unit follows: "1:30 minutes". */
  #clock(words: readonly string[]): number | undefined {
    const [, first, second, third] = clock.exec(words[0] ?? '') ?? [];
    if (first === undefined || words.length > 2) return undefined;
    const unit = words.length === 1 ? unitSeconds.hour : this.#unitAt(words, 1)?.[1];
    if (unit === undefined || unit > unitSeconds.hour || unit < unitSeconds.minute) return undefined;
    if (third !== undefined && unit !== unitSeconds.hour) return undefined;
    return (Number(first) + Number(second) / 60 + Number(third ?? 0) / 3600) * unit;
  }

  /** Reads from left to right: a count, a unit below `largest`, perhaps a fraction of it, then smaller units. */
  #parse(words: readonly string[], largest: number): number | undefined {
    for (let at = 1; at < words.length; at++) {
      const unit = this.#unitAt(words, at);
      if (!unit || unit[1] >= largest) continue;
      const count = this.#count(words.slice(0, at));
      if (count === undefined || count < 0) continue;
      const rest = words.slice(at + unit[0].length);
      const fractions = this.#afterUnit.filter(([phrase]) => startsWith(rest, phrase));
      for (const [phrase, factor] of [[[], 0] as Meaning, ...fractions]) {
        const smaller = this.#smaller(rest.slice(phrase.length), unit[1]);
        if (smaller !== undefined) return (count + factor) * unit[1] + smaller;
      }
    }
    return undefined;
  }

  /** What follows a unit: nothing, smaller units, or a number of the next smaller one, with or without "and". */
  #smaller(words: readonly string[], unit: number): number | undefined {
    if (words.length === 0) return 0;
    for (const rest of this.#and.has(words[0]!) ? [words, words.slice(1)] : [words]) {
      const bare = unit === unitSeconds.hour || unit === unitSeconds.minute ? this.#numbers.whole(rest) : undefined;
      if (bare !== undefined && bare > 0 && bare < 60 && Number.isInteger(bare)) return (bare * unit) / 60;
      const seconds = this.#parse(rest, unit);
      if (seconds !== undefined) return seconds;
    }
    return undefined;
  }

  #count(words: readonly string[]): number | undefined {
    return this.#beforeUnit.get(words.join(' ')) ?? this.#numbers.read(words);
  }

  #unitAt(words: readonly string[], at: number): Meaning | undefined {
    return this.#units.find(([unit]) => startsWith(words.slice(at), unit));
  }
}

function startsWith(words: readonly string[], phrase: readonly string[]): boolean {
  return phrase.every((word, i) => words[i] === word);
}

function mapOf(phrases: readonly (readonly [phrase: string, value: number])[]): Map<string, number> {
  return new Map(phrases.map(([phrase, value]) => [folded(phrase).join(' '), value]));
}

function folded(phrase: string): string[] {
  return tokenize(phrase).map(foldWord);
}
