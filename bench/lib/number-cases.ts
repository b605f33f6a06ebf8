import { NumberReader, tokenize } from '../../src/grammar/index.ts';
import { numberPhrases } from '../../src/grammar/slots/number-phrases.ts';
import type { Language } from '../../src/language/index.ts';

/** A phrase with a number in it, and the values that it may have. A rejection is always right. */
export interface NumberCase {
  text: string;
  /** The values that a command may be run with; only these are not wrong. */
  values: readonly number[];
  /** Whether it must be understood. */
  isPlain: boolean;
}

/** What is said around a number, by language. */
const frames: Readonly<
  Record<string, { before: readonly string[]; after: readonly string[]; noise: readonly string[] }>
> = {
  en: {
    before: ['set the volume to', 'turn the volume to', 'set volume to'],
    after: ['', '', '', 'please', 'now', 'for me', 'degrees', 'a', 'and', 'the lamp', 'minutes'],
    noise: [
      'a',
      'an',
      'and',
      'the',
      'point',
      'of',
      'lamp',
      'uh',
      'hundred',
      'five',
      'minus',
      'half',
      'thousand',
      'too',
    ],
  },
  de: {
    before: ['stell die Lautstärke auf', 'stelle die Lautstärke auf', 'Lautstärke auf'],
    after: ['', '', '', 'bitte', 'jetzt', 'Grad', 'ein', 'und', 'die Lampe', 'eine', 'Minuten'],
    noise: [
      'ein',
      'eine',
      'und',
      'die',
      'komma',
      'einen',
      'lampe',
      'äh',
      'hundert',
      'fünf',
      'minus',
      'halb',
      'tausend',
    ],
  },
  fr: {
    before: ['mets le volume à', 'règle le volume à', 'volume à'],
    after: ['', '', '', "s'il te plaît", 'maintenant', 'degrés', 'un', 'et', 'la lampe', 'une', 'minutes'],
    noise: [
      'un',
      'une',
      'et',
      'la',
      'virgule',
      'de',
      'lampe',
      'euh',
      'cent',
      'vingt',
      'moins',
      'demi',
      'mille',
      'quatre',
    ],
  },
  es: {
    before: ['pon el volumen a', 'sube el volumen a', 'volumen a'],
    after: ['', '', '', 'por favor', 'ahora', 'grados', 'un', 'y', 'la lámpara', 'una', 'minutos'],
    noise: ['un', 'una', 'y', 'la', 'coma', 'de', 'lámpara', 'eh', 'cien', 'ciento', 'menos', 'medio', 'mil', 'dos'],
  },
};

/** The phrases that the command of a language has. */
export function framePhrases(code: string): string[] {
  return frames[code]!.before.map((before) => `${before} {n}`);
}

/** Makes a case: a number in one of its forms, or such a number with one word lost, put in or misspelled. */
export function numberCase(
  language: Language,
  { random, max, step }: { random: () => number; max: number; step: number },
): NumberCase {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const { before, after, noise } = frames[language.code]!;
  const steps = Math.floor(max / step);
  const size = random() < 0.5 ? steps : Math.min(steps, 10 ** (1 + Math.floor(random() * Math.log10(steps))));
  const value = Number((Math.floor(random() * (size + 1)) * step).toFixed(3));
  const form = pick([...numberPhrases(value, language), ...marked(value, language)]);
  const words = form.split(' ');
  const kind = pick(['plain', 'plain', 'beside', 'lost', 'added', 'misspelled']);
  const at = Math.floor(random() * words.length);
  if (kind === 'lost') words.splice(at, 1);
  if (kind === 'added') words.splice(Math.floor(random() * (words.length + 1)), 0, pick(noise));
  if (kind === 'misspelled' && !/\d/.test(words[at]!)) words[at] = misspell(words[at]!, random);
  const end = kind === 'plain' ? '' : pick(after);
  const read = (text: string): number | undefined =>
    NumberReader.of(language).read(tokenize(text).filter((word) => !language.fillers.includes(word)));
  const said = read(words.join(' '));
  const withEnd = read(`${words.join(' ')} ${end}`);
  const values = kind === 'plain' || kind === 'beside' ? [value] : [value, said];
  return {
    text: `${pick(before)} ${words.join(' ')} ${end}`.trim(),
    values: [...values, withEnd, read(`${form} ${end}`)].filter((one) => one !== undefined),
    isPlain: kind === 'plain',
  };
}

/** Digits with every mark that the language has. */
function marked(value: number, { decimalMarks }: Language): string[] {
  const [decimal, group] = decimalMarks[0] === ',' ? [',', '.'] : ['.', ','];
  const [whole, decimals] = String(value).split('.');
  const rest = decimals === undefined ? '' : `${decimal}${decimals}`;
  return [group, '\u00a0', '\u202f'].map((mark) => whole!.replace(/(?<=\d)(?=(?:\d{3})+$)/g, mark) + rest);
}

function misspell(word: string, random: () => number): string {
  const at = Math.floor(random() * word.length);
  const letter = String.fromCharCode(97 + Math.floor(random() * 26));
  return word.slice(0, at) + letter + word.slice(at + 1);
}
