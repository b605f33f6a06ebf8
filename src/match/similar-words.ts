import { finish, type Steps } from '../grammar/index.ts';
import { soundOf, wordDistance } from './distance.ts';

/** What is needed of a table of words, which are known by number; the table only grows. */
interface WordTable {
  readonly size: number;
  folded(id: number): string;
}

/** A word that may have been meant. */
export interface SimilarWord {
  id: number;
  distance: number;
}

/** Up to this distance, one word may stand for another. */
export const maxWordDistance = 0.42;
/** The same for the words of slot values: "bathroom" and "bedroom" are 0.35 apart, but neither room is the other. */
export const maxValueDistance = 0.3;
/** How many words are compared in full for one heard word; only the nearest are kept. */
const maxSimilar = 24;

/** In a larger table, words are found by their sound alone, so that a list of 100,000 values takes no more memory. */
const maxByLetters = 20_000;
/** How many words are filed in one step. */
const wordsAStep = 64;
/** Words as long as numbers in one word are found by their sound alone too. */
const byLetters = { least: 3, most: 14 };

/**
 * Finds words that sound or look like a given one without comparing it with all of them. Words are filed under their
 * sound key and under each variant with one letter left out, so that two keys that differ by one change share an entry.
 * The same is done with their letters, since "lihct" sounds like nothing.
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

  /** Returns the words near to a folded one, nearest first. */
  near(word: string): readonly SimilarWord[] {
    finish(this.prepare());
    let found = this.#found.get(word);
    if (!found) {
      const ids = new Set<number>();
      const sound = soundOf(word);
      for (const key of keysOf(word, sound)) for (const id of this.#filed.get(key) ?? []) ids.add(id);
      for (const key of letterKeysOf(word)) for (const id of this.#filed.get(key) ?? []) ids.add(id);
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

  /** Files the words that are new, in steps: otherwise the next search does. */
  *prepare(): Steps<void> {
    if (this.#done === this.#table.size) return;
    this.#found.clear();
    // A search that comes between two steps files them all.
    while (this.#done < this.#table.size) {
      const id = this.#done++;
      const word = this.#table.folded(id);
      const sound = soundOf(word);
      this.#sounds.push(sound);
      const letterKeys = id < maxByLetters ? letterKeysOf(word) : [];
      for (const key of [...keysOf(word, sound), ...letterKeys]) {
        const list = this.#filed.get(key);
        if (list) list.push(id);
        else this.#filed.set(key, [id]);
      }
      if (this.#done % wordsAStep === 0) yield;
    }
  }
}

function keysOf(word: string, sound: string): Set<string> {
  if (/\d/.test(word)) return new Set();
  return new Set([sound, ...(sound.length > 1 ? shortened(sound) : [])]);
}

/** Keys of letters, which are no keys of sounds. */
function letterKeysOf(word: string): string[] {
  if (word.length < byLetters.least || word.length > byLetters.most || /\d/.test(word)) return [];
  return [...new Set([word, ...shortened(word)])].map((key) => `=${key}`);
}

/** Returns a key without each of its signs in turn. */
function shortened(key: string): string[] {
  return Array.from(key, (_, at) => key.slice(0, at) + key.slice(at + 1));
}
