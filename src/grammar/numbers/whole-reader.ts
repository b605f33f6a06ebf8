import { firstScale, takes, type Language, type Scale } from '../../language/index.ts';
import { foldWord } from '../fold.ts';

/** Returns words as one, in the form in which number words are looked up: gaps do not matter between them. */
export function numberKey(words: readonly string[]): string {
  return words.map(foldWord).join('');
}

/** Values by what is said for them. What is said for two values belongs to none. */
type Values = ReadonlyMap<string, number | undefined>;

/** A scale with its words as they are looked up. */
interface ScaleWords {
  readonly scale: Scale;
  readonly one: readonly string[];
  readonly many: readonly string[];
}

/** Reads whole numbers in the words of one language. */
export class WholeReader {
  static readonly #known = new WeakMap<Language, WholeReader>();
  readonly #language: Language;
  readonly #small: Values;
  readonly #before: Values;
  readonly #after: Values;
  readonly #scales: readonly ScaleWords[];
  readonly #links: readonly string[];

  private constructor(language: Language) {
    this.#language = language;
    const limit = firstScale(language);
    const [small, before, after] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
    for (let value = 0; value < (Number.isFinite(limit) ? limit : 0); value++) {
      add(small, withDigraphs(language.spell(value), language), value);
      add(before, withDigraphs(language.spellBefore(value), language), value);
      add(after, withDigraphs(language.spellAfter(value), language), value);
    }
    [this.#small, this.#before, this.#after] = [small, before, after];
    this.#scales = language.scales.map((scale) => ({ scale, one: scale.one.map(keyOf), many: scale.words.map(keyOf) }));
    this.#links = ['', ...language.scaleLinks.map(keyOf)];
  }

  static of(language: Language): WholeReader {
    let reader = WholeReader.#known.get(language);
    if (!reader) WholeReader.#known.set(language, (reader = new WholeReader(language)));
    return reader;
  }

  /** Returns the number that a key of words means; undefined when it means none, or more than one. */
  read(key: string): number | undefined {
    return only(this.#below(key, Infinity, this.#small));
  }

  /** Returns the number below a thousand that the key means, or below ten thousand where these have own words. */
  readSmall(key: string): number | undefined {
    return this.#small.get(key);
  }

  /** Returns all values below `limit` that the key may have. `plain` are the words of numbers without a scale. */
  #below(key: string, limit: number, plain: Values): Set<number> {
    const found = new Set<number>();
    if (key === '') return found;
    const value = plain.get(key);
    if (value !== undefined && value < limit) found.add(value);
    for (const { scale, one, many } of this.#scales) {
      if (scale.value >= limit) break;
      for (const word of one)
        if (key.startsWith(word)) this.#addRest(found, scale.value, key.slice(word.length), scale.value);
      for (const word of many) {
        for (let at = key.indexOf(word, 1); at > 0; at = key.indexOf(word, at + 1)) {
          const head = key.slice(0, at);
          const count = this.#before.get(head) ?? this.#small.get(head) ?? only(this.#counts(head, scale, limit));
          if (count !== undefined && count > 1 && takes(scale, count, this.#language) && count * scale.value < limit)
            this.#addRest(found, count * scale.value, key.slice(at + word.length), scale.value);
        }
      }
    }
    return found;
  }

  /** Counts that have scales of their own: "dos mil" millones. */
  #counts(head: string, scale: Scale, limit: number): Set<number> {
    return takes(scale, firstScale(this.#language), this.#language)
      ? this.#below(head, Math.min(scale.value, limit), this.#small)
      : new Set<number>();
  }

  #addRest(found: Set<number>, head: number, rest: string, below: number): void {
    if (rest === '') found.add(head);
    for (const link of this.#links) {
      if (rest.startsWith(link))
        for (const value of this.#below(rest.slice(link.length), below, this.#after))
          if (value > 0) found.add(head + value);
    }
  }
}

function keyOf(phrase: string): string {
  return foldWord(phrase.replaceAll(' ', ''));
}

function withDigraphs(ways: readonly string[], { digraphs }: Language): string[] {
  const pairs = Object.entries(digraphs);
  if (pairs.length === 0) return [...ways];
  return ways.flatMap((way) => [way, pairs.reduce((text, [letter, two]) => text.replaceAll(letter, two), way)]);
}

function add(values: Map<string, number | undefined>, ways: readonly string[], value: number): void {
  for (const way of ways) {
    const key = keyOf(way);
    values.set(key, values.has(key) && values.get(key) !== value ? undefined : value);
  }
}

function only(values: ReadonlySet<number>): number | undefined {
  return values.size === 1 ? [...values][0] : undefined;
}
