import { areApart, tokenize, type GrammarCommand, type Slot } from '../grammar/index.ts';
import { phonesOf, soundDistance } from '../match/index.ts';
import { spokenValues } from './spoken-values.ts';

/** Two phrases that sound alike but mean different things. */
export interface SoundAlike {
  first: string;
  second: string;
  /** The slot whose values they are, or the two commands whose examples they are. */
  of: string;
  /** The command to which the later one belongs. */
  command: GrammarCommand;
  /** From 0 for the same sounds to 1 for nothing in common. */
  distance: number;
}

/** Up to this distance, phrases are reported: "fifty" and "fifteen", "bathroom" and "bedroom". */
export const maxDistance = 0.2;
/**
 * How many pairs are reported at most, and how many compared, so that a list of 100,000 values is checked in a moment.
 */
const [maxFound, maxCompared] = [20, 50_000];

interface Entry {
  said: string;
  words: readonly string[];
  /** What the phrase stands for. */
  meaning: unknown;
  /** The contexts in which it can be said; it can always be said when there are none. */
  contexts?: readonly string[];
  name: string;
  command: GrammarCommand;
}

/**
 * Finds values of one list, and examples of different commands, that the recogniser may mistake for one another. The
 * measure is the one that decides whether a misheard word may stand for another. Numbers are left out.
 */
export function findSoundAlikes(commands: readonly GrammarCommand[], languageCode: string): SoundAlike[] {
  const search = new Search();
  const seen = new Set<string>();
  for (const command of commands) {
    for (const [name, slot] of Object.entries(command.slots)) {
      if (seen.has(slot.key)) continue;
      seen.add(slot.key);
      search.within(valuesOf(command, name, slot, languageCode));
    }
  }
  search.within(commands.flatMap((command) => examplesOf(command, languageCode)));
  return search.found;
}

/** Examples in other languages are never said beside those of this one. */
function examplesOf(command: GrammarCommand, languageCode: string): Entry[] {
  const { name, contexts, examples = [], phrases } = command;
  const written = Array.isArray(phrases) ? languageCode : Object.keys(phrases)[0];
  const spoken = examples.filter(({ language = written }) => language === languageCode);
  return spoken.map(({ say }) => ({
    said: say,
    words: tokenize(say),
    meaning: command,
    name,
    command,
    ...(contexts ? { contexts } : {}),
  }));
}

function* valuesOf(command: GrammarCommand, name: string, slot: Slot, languageCode: string): Generator<Entry> {
  for (const { said, words, value } of spokenValues(slot, languageCode))
    yield { said, words, meaning: value, name, command };
}

class Search {
  readonly found: SoundAlike[] = [];
  #compared = 0;

  /** Compares entries whose consonants differ by one at most. */
  within(entries: Iterable<Entry>): void {
    const filed = new Map<string, Entry[]>();
    const told = new Set<string>();
    for (const entry of entries) {
      if (this.found.length >= maxFound || this.#compared >= maxCompared) return;
      const keys = keysOf(entry.words);
      const others = new Set(keys.flatMap((key) => filed.get(key) ?? []));
      for (const other of others) this.#compare(other, entry, told);
      for (const key of keys) {
        const alike = filed.get(key);
        if (alike) alike.push(entry);
        else filed.set(key, [entry]);
      }
    }
  }

  #compare(first: Entry, second: Entry, told: Set<string>): void {
    this.#compared++;
    if (this.found.length >= maxFound || first.meaning === second.meaning || areApart(first, second)) return;
    const [one, other] = difference(first.words, second.words);
    const [words, pair] = [[...one, ...other], JSON.stringify([one, other].sort())];
    if (
      one.length === 0 ||
      other.length === 0 ||
      told.has(pair) ||
      words.some((word) => /\d/.test(word) || phonesOf(word) === '')
    )
      return;
    const distance = soundDistance(one.map(withoutAccents), other.map(withoutAccents));
    if (distance > maxDistance) return;
    told.add(pair);
    const of = first.name === second.name ? first.name : `${first.name}, ${second.name}`;
    this.found.push({ first: first.said, second: second.said, of, command: second.command, distance });
  }
}

/** Returns the words in which two phrases differ, without the words that they begin and end with alike. */
function difference(one: readonly string[], other: readonly string[]): [string[], string[]] {
  const most = Math.min(one.length, other.length);
  let [start, end] = [0, 0];
  while (start < most && one[start] === other[start]) start++;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
}

/** Consonants that differ only in voicing count as one. Vowels, and consonants that some accents drop, do not count. */
const classes: Record<string, string> = { b: 'p', d: 't', g: 'k', v: 'f', z: 's', C: 'S', J: 'S', n: 'm', N: 'm' };

/**
 * Returns the consonants, and the variants with each one left out, so that two phrases one consonant apart share a key.
 */
function keysOf(words: readonly string[]): string[] {
  const consonants = words
    .map((word) => (/\d/.test(word) ? word : phonesOf(withoutAccents(word)).replace(/[aeiourhwy]/g, '')))
    .join('');
  const sound = [...consonants].map((phone) => classes[phone] ?? phone).join('');
  const shorter = [...sound].map((_, i) => sound.slice(0, i) + sound.slice(i + 1));
  return [...new Set([sound, ...shorter])];
}

/**
 * The "é" of "café" is spoken, but by English rules the "e" of "cafe" would be silent, so the accent may not simply go.
 * ä, ö, ü, ñ and ç are sounds of their own.
 */
function withoutAccents(word: string): string {
  return word.replace(/é/g, 'ei').replace(/[áàâèêëíìîïóòôúùû]/g, (letter) => letter.normalize('NFD')[0]!);
}
