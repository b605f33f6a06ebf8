import { pickFrom, registryWords, type SpokenCommand } from './random-registry.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const signs = [...'äéßñçøłжш漢字語かな한글🙂🚀  -–…„“«»%$€#@/\\()[]{}|<>*+=~^`\u0000\u200d\u202e\ufeff\u0301'];
const longWords = [100, 1_000, 5_000];

/** Loses, puts in, exchanges or misspells one to three words of a phrase. */
export function spoil(text: string, random: () => number): string {
  const words = text.split(' ');
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
    const at = Math.floor(random() * words.length);
    const way = Math.floor(random() * 4);
    if (way === 0 && words.length > 1) words.splice(at, 1);
    else if (way === 1) words.splice(at, 0, pickFrom(random, registryWords));
    else if (way === 2) words[at] = pickFrom(random, registryWords);
    else words[at] = misspell(words[at]!, random);
  }
  return words.join(' ');
}

function misspell(word: string, random: () => number): string {
  const at = Math.floor(random() * word.length);
  const letter = pickFrom(random, [...letters]);
  const rest = word.slice(at + 1);
  return word.slice(0, at) + pickFrom(random, ['', letter, letter + word.charAt(at), word.charAt(at).repeat(2)]) + rest;
}

/** Returns anything that somebody may type or that a recogniser may write, likely and unlikely. */
export function randomInput(registry: readonly SpokenCommand[], random: () => number): string {
  const short = 1 + Math.floor(random() * 12);
  const long = Math.floor(random() * 40);
  const many = (count: number, make: () => string): string => Array.from({ length: count }, make).join(' ');
  const said = (): string => pickFrom(random, registry).say(random).text;
  const word = (): string => pickFrom(random, registryWords);
  const kind = Math.floor(random() * 12);
  switch (kind) {
    case 0:
      return many(short, word);
    case 1:
      return many(long, word);
    case 2:
      return many(long, () => pickFrom(random, said().split(' ')));
    case 3:
      return many(short, () => misspell(word(), random));
    case 4:
      return many(1 + Math.floor(random() * 4), said);
    case 5:
      return many(short, () => many(1, () => text(random, [...letters], 12)));
    case 6:
      return text(random, signs, 60);
    case 7:
      return many(short, () => (random() < 0.5 ? String(Math.floor(random() * 10 ** (random() * 9))) : word()));
    case 8:
      return many(long, () => pickFrom(random, ['one', 'two', 'fifty', 'hundred', 'and', 'a', 'thousand', 'minutes']));
    case 9:
      return many(long, () => pickFrom(random, ['the', 'a', 'to', 'in', 'for', 'my', 'and', 'please', word()]));
    case 10:
      return random() < 0.02
        ? many(pickFrom(random, longWords), word)
        : many(Math.floor(random() * 40), () => spoil(said(), random).slice(0, 20));
    default:
      return spoil(said(), random);
  }
}

function text(random: () => number, from: readonly string[], most: number): string {
  return Array.from({ length: 1 + Math.floor(random() * most) }, () => pickFrom(random, from)).join('');
}
