import { allLanguages, englishSpelling } from '../language/index.ts';

const { phones: phoneRules, irregular } = englishSpelling;

/** Letters that English does not have, by the English letters that sound like them. */
const letterSounds = new Map(allLanguages.flatMap((language) => Object.entries(language.letterSounds)));

/** Pairs of sounds that are easily confused. */
const alike = new Set(
  'pb td kg fv sz Ts Tf Td Sz Ss SC SJ CJ Ct Ck Jd mn nN mN lr rw wv bv hk zd'
    .split(' ')
    .flatMap((pair) => [pair, pair[1]! + pair[0]!]),
);
/** Sounds that come and go with the accent. */
const faint = new Set('rhwyN');

const costs = { vowel: 0.3, vowelGap: 0.5, faintGap: 0.5, alike: 0.5, other: 1 } as const;

/** Letters of other scripts, whose sounds are not known: each counts as a sound of its own. */
const isSign = /\p{L}/u;

const known = new Map<string, string>();
const maxKnown = 20_000;

/** Returns the approximate sounds of a written word. */
export function phonesOf(word: string): string {
  let phones = known.get(word);
  if (phones === undefined) {
    phones = Object.hasOwn(irregular, word) ? irregular[word]! : read(word.toLowerCase());
    if (known.size >= maxKnown) known.clear();
    known.set(word, phones);
  }
  return phones;
}

function read(word: string): string {
  const letters = word.replace(/[^a-z]/gu, (letter) => letterSounds.get(letter) ?? (isSign.test(letter) ? letter : ''));
  return phoneRules.reduce((phones, [pattern, to]) => phones.replace(pattern, to), letters);
}

/**
 * How unlike two stretches of words sound, from 0 for alike to 1 for nothing in common: the cheapest way to turn the
 * sounds of one into those of the other, as a share of the longer one. Vowels, which accents exchange, and faint sounds
 * count less.
 */
export function soundDistance(one: readonly string[], other: readonly string[]): number {
  const [first, second] = [one, other].map((words) => words.map(phonesOf).join('')) as [string, string];
  const most = Math.max(weight(first), weight(second));
  return most === 0 ? 0 : Math.min(1, cheapest(first, second) / most);
}

function cheapest(first: string, second: string): number {
  let last = [0];
  for (const phone of second) last.push(last.at(-1)! + gap(phone));
  for (const phone of first) {
    const row = [last[0]! + gap(phone)];
    for (let column = 0; column < second.length; column++) {
      const target = second[column]!;
      row.push(
        Math.min(last[column]! + exchange(phone, target), last[column + 1]! + gap(phone), row[column]! + gap(target)),
      );
    }
    last = row;
  }
  return last.at(-1)!;
}

function weight(phones: string): number {
  return [...phones].reduce((sum, phone) => sum + gap(phone), 0);
}

function gap(phone: string): number {
  if (isVowel(phone)) return costs.vowelGap;
  return faint.has(phone) ? costs.faintGap : costs.other;
}

function exchange(one: string, other: string): number {
  if (one === other) return 0;
  if (isVowel(one) && isVowel(other)) return costs.vowel;
  return alike.has(one + other) ? costs.alike : costs.other;
}

function isVowel(phone: string): boolean {
  return 'aeiou'.includes(phone);
}
