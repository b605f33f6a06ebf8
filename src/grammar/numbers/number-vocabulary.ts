import { firstScale, type Language } from '../../language/index.ts';
import { foldWord } from '../fold.ts';
import { tokenize } from '../tokenize.ts';

/** The largest part of a whole that has a name here: "hundredth". */
const mostParts = 100;
/** The largest whole number that has a word of its own together with a half. */
const mostHalfPast = 12;

/** The words around the wholes of a language's numbers, in the form in which they are compared. */
export class NumberVocabulary {
  readonly minus: readonly string[][];
  readonly point: ReadonlySet<string>;
  readonly and: ReadonlySet<string>;
  readonly over: readonly string[][];
  readonly zeros: ReadonlySet<string>;
  readonly one: ReadonlySet<string>;
  readonly scales: ReadonlyMap<string, number>;
  /** Words that a number in digits may follow: "3 hundred and 21". */
  readonly joints: ReadonlySet<string>;
  readonly shortScales: ReadonlyMap<string, number>;
  readonly amounts: ReadonlyMap<string, number>;
  readonly beforeUnit: ReadonlyMap<string, number>;
  readonly halfPast: ReadonlyMap<string, number>;
  /** Names of the parts of a whole, and how many of them make one. */
  readonly parts: ReadonlyMap<string, number>;
  /** Those names that are also a place in a row: "third". */
  readonly ordinals: ReadonlySet<string>;
  /** Every word that can be in a number that is written as several words. */
  readonly all: ReadonlySet<string>;
  /** Whether the words of a number are written as one, as in German. */
  readonly isJoined: boolean;
  readonly #afterNumber: readonly (readonly [words: string[], factor: number])[];

  constructor(language: Language) {
    this.minus = language.minus.map(foldedWords);
    this.point = new Set(language.point.map(foldWord));
    this.and = new Set([...language.and, ...language.scaleLinks].map(foldWord));
    this.over = language.over.map(foldedWords);
    this.zeros = new Set([...language.spell(0), ...language.zeros].map(foldWord));
    this.one = new Set([...language.one, ...language.spell(1)].map(folded));
    this.scales = new Map(language.scales.flatMap(({ value, words }) => words.map((word) => [foldWord(word), value])));
    this.joints = new Set([...this.scales.keys(), ...language.scaleLinks.map(foldWord)]);
    this.shortScales = new Map(Object.entries(language.shortScales));
    this.amounts = new Map(Object.entries(language.amounts).map(([word, value]) => [foldWord(word), value]));
    this.beforeUnit = new Map(language.beforeUnit.map(([phrase, factor]) => [folded(phrase), factor]));
    this.halfPast = halfPastOf(language);
    this.parts = partsOf(language);
    this.ordinals = new Set(countsUpTo(mostParts).flatMap((value) => language.ordinal(value).map(folded)));
    this.isJoined = language.spell(21).every((way) => tokenize(way).length === 1);
    this.#afterNumber = language.afterNumber.map(([phrase, factor]) => [foldedWords(phrase), factor]);
    this.all = this.#allWords(language);
  }

  /** Returns the lengths of the fractions that the words end with, each with its value: "and a half". */
  ends(words: readonly string[]): PhraseEnd[] {
    return this.#afterNumber
      .filter(
        ([end]) => end.length < words.length && end.every((word, i) => words[words.length - end.length + i] === word),
      )
      .map(([end, factor]) => [end.length, factor]);
  }

  #allWords(language: Language): Set<string> {
    const limit = firstScale(language);
    const wholes = Array.from({ length: Number.isFinite(limit) ? limit : 0 }, (_, value) => language.spell(value));
    const hasSpaces = tokenize(language.spell(11)[0]!).length === language.spell(11)[0]!.split(' ').length;
    const phrases = [
      ...(hasSpaces ? wholes.flat().filter((way) => way.includes(' ')) : [...new Set(wholes.flat().join(''))]),
      ...language.scales.flatMap(({ one, words }) => [...one, ...words]),
      ...language.afterNumber.map(([phrase]) => phrase),
    ];
    const sets = [
      this.point,
      this.and,
      this.zeros,
      this.one,
      this.shortScales,
      this.amounts,
      this.beforeUnit,
      this.halfPast,
      this.parts,
    ];
    const plain = [...sets.flatMap((set) => [...set.keys()]), ...this.minus.flat(), ...this.over.flat()].flatMap(
      (key) => key.split(' '),
    );
    return new Set([...plain, ...phrases.flatMap(foldedWords)]);
  }
}

/** The number of words of a fraction, and its value. */
type PhraseEnd = readonly [length: number, factor: number];

function partsOf(language: Language): Map<string, number> {
  const parts = new Map<string, number>();
  for (const count of countsUpTo(mostParts).slice(1))
    for (const way of language.parts(count)) if (!parts.has(folded(way))) parts.set(folded(way), count);
  return parts;
}

function halfPastOf(language: Language): Map<string, number> {
  return new Map(
    countsUpTo(mostHalfPast).flatMap((whole) =>
      language.halfPast(whole).map((way) => [foldWord(way.replaceAll(' ', '')), whole + 0.5] as const),
    ),
  );
}

function countsUpTo(most: number): number[] {
  return Array.from({ length: most }, (_, i) => i + 1);
}

function foldedWords(phrase: string): string[] {
  return tokenize(phrase).map(foldWord);
}

function folded(phrase: string): string {
  return foldedWords(phrase).join(' ');
}
