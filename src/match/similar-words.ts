import { soundOf, wordDistance } from './distance.ts';

/** What is needed of a word table: words by number, growing only. */
interface WordTable {
  readonly size: number;
  folded(id: number): string;
}

/** A word that may have been meant. */
export interface SimilarWord {
  id: number;
  distance: number;
}

/** Distance up to which one word may stand for another. */
export const maxWordDistance = 0.42;
/** The same for words of a slot's value: "bathroom" and "bedroom" are 0.35 apart, and no room is the other one. */
export const maxValueDistance = 0.3;
/** Words compared in full for one heard word; the nearest kept. */
const maxSimilar = 24;

/**
 * Finds words that sound or look like a given one without comparing it with all: words are filed under their sound key
 * with each one letter left out, so that two keys one change apart meet.
 */
export class SimilarWords {
  readonly #table: WordTable;
  readonly #filed = new Map<string, number[]>();
  readonly #sounds: string[] = [];
  readonly #found = new Map<string, SimilarWord[]>();
  #done = 0;

  constructor(table: WordTable) {
    this.#table = table;
  }

  /** Words near a folded one, nearest first. */
  near(word: string): readonly SimilarWord[] {
    this.#fileNew();
    let found = this.#found.get(word);
    if (!found) {
      const ids = new Set<number>();
      const sound = soundOf(word);
      for (const key of keysOf(word, sound)) for (const id of this.#filed.get(key) ?? []) ids.add(id);
      found = [...ids]
        .map((id) => ({ id, distance: wordDistance(word, this.#table.folded(id), [sound, this.#sounds[id]!]) }))
        .filter(({ distance }) => distance <= maxWordDistance && distance > 0)
        .sort((a, b) => a.distance - b.distance)
        .slice(0, maxSimilar);
      if (this.#found.size > 5000) this.#found.clear();
      this.#found.set(word, found);
    }
    return found;
  }

  #fileNew(): void {
    if (this.#done < this.#table.size) this.#found.clear();
    for (; this.#done < this.#table.size; this.#done++) {
      const word = this.#table.folded(this.#done);
      const sound = soundOf(word);
      this.#sounds.push(sound);
      for (const key of keysOf(word, sound)) {
        const list = this.#filed.get(key);
        if (list) list.push(this.#done);
        else this.#filed.set(key, [this.#done]);
      }
    }
  }
}

function keysOf(word: string, sound: string): Set<string> {
  if (/\d/.test(word)) return new Set();
  const keys = new Set([sound]);
  if (sound.length > 1) for (let i = 0; i < sound.length; i++) keys.add(sound.slice(0, i) + sound.slice(i + 1));
  return keys;
}
