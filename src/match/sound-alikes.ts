import { areApart, tokenize, type GrammarCommand, type Slot } from '../grammar/index.ts';
import { languageOf } from '../language/index.ts';
import { phonesOf, soundDistance } from './sounds.ts';

/** Two things to say that sound alike and mean different things. */
export interface SoundAlike {
  first: string;
  second: string;
  /** The slot whose values they are, or the two commands whose examples they are. */
  of: string;
  /** 0 the same sounds to 1 nothing in common. */
  distance: number;
}

/** Distance up to which words are told of: "fifty" and "fifteen", "bathroom" and "bedroom". */
const maxDistance = 0.2;
/** Told of at most, and compared at most, so that a list of 100,000 values is looked through in a moment. */
const [maxFound, maxCompared] = [20, 50_000];

interface Entry {
  said: string;
  words: readonly string[];
  /** What it stands for. */
  meaning: unknown;
  /** Contexts in which it can be said; all of them when there are none. */
  contexts?: readonly string[];
  name: string;
}

/**
 * Values of one list, and examples of different commands, that the recogniser may take for one another: the same
 * measure decides there whether a misheard word may stand for another. Numbers are left out.
 */
export function findSoundAlikes(commands: readonly GrammarCommand[], languageCode: string): SoundAlike[] {
  const lists = new Map<string, [name: string, slot: Slot]>();
  for (const { slots } of commands) {
    for (const [name, slot] of Object.entries(slots))
      if (slot.type === 'list' && !lists.has(slot.key)) lists.set(slot.key, [name, slot]);
  }
  const search = new Search();
  for (const [name, slot] of lists.values()) search.within(valuesOf(name, slot, languageCode));
  search.within(commands.flatMap(examplesOf));
  return search.found;
}

function examplesOf(command: GrammarCommand): Entry[] {
  const { name, contexts, examples = [] } = command;
  return examples.map(({ say }) => ({
    said: say,
    words: tokenize(say),
    meaning: command,
    name,
    ...(contexts ? { contexts } : {}),
  }));
}

function* valuesOf(name: string, slot: Slot, languageCode: string): Generator<Entry> {
  const language = languageOf(languageCode);
  const pattern = slot.pattern(language);
  if (pattern.kind !== 'phrases') return;
  for (const words of pattern.phrases)
    yield { said: words.join(' '), words, meaning: slot.parse(words, language), name };
}

class Search {
  readonly found: SoundAlike[] = [];
  #compared = 0;

  /** Compares what shares its consonants but for one. */
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
    this.found.push({ first: first.said, second: second.said, of, distance });
  }
}

/** The words in which two phrases differ, between those that they begin and end with alike. */
function difference(one: readonly string[], other: readonly string[]): [string[], string[]] {
  const most = Math.min(one.length, other.length);
  let [start, end] = [0, 0];
  while (start < most && one[start] === other[start]) start++;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
}

/**
 * Consonants that differ by the voice alone count as one; vowels and what comes and goes with the accent don't count.
 */
const classes: Record<string, string> = { b: 'p', d: 't', g: 'k', v: 'f', z: 's', C: 'S', J: 'S', n: 'm', N: 'm' };

/** The consonants, and those with each one left out, so that two phrases one consonant apart meet. */
function keysOf(words: readonly string[]): string[] {
  const consonants = words
    .map((word) => (/\d/.test(word) ? word : phonesOf(withoutAccents(word)).replace(/[aeiourhwy]/g, '')))
    .join('');
  const sound = [...consonants].map((phone) => classes[phone] ?? phone).join('');
  const shorter = [...sound].map((_, i) => sound.slice(0, i) + sound.slice(i + 1));
  return [...new Set([sound, ...shorter])];
}

/** "café" is said with its e, which "cafe" in English letters is not; ä, ö, ü, ñ and ç are sounds of their own. */
function withoutAccents(word: string): string {
  return word.replace(/é/g, 'ei').replace(/[áàâèêëíìîïóòôúùû]/g, (letter) => letter.normalize('NFD')[0]!);
}
