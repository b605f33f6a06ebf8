/** What short answers mean, by ISO 639-1 code; the words are folded as `fold` does. */
const words = {
  en: {
    yes: [
      'yes',
      'yeah',
      'yep',
      'yup',
      'sure',
      'ok',
      'okay',
      'correct',
      'right',
      'confirm',
      'absolutely',
      'of course',
      'do it',
      'do that',
      'go ahead',
      'please do',
      'that is right',
      'thats right',
    ],
    no: ['no', 'nope', 'nah', 'not', 'dont', 'never', 'stop', 'wrong', 'wait', 'no thanks'],
    cancel: [
      'cancel',
      'cancel that',
      'cancel it',
      'never mind',
      'nevermind',
      'forget it',
      'forget about it',
      'stop',
      'abort',
    ],
  },
  de: {
    yes: [
      'ja',
      'jo',
      'jawohl',
      'jep',
      'klar',
      'sicher',
      'genau',
      'richtig',
      'gerne',
      'natürlich',
      'ok',
      'okay',
      'in ordnung',
      'mach das',
      'mach es',
      'tu das',
      'tu es',
      'bitte',
    ],
    no: ['nein', 'nee', 'ne', 'nicht', 'nie', 'niemals', 'falsch', 'stopp', 'stop', 'halt', 'warte', 'lass das'],
    cancel: ['abbrechen', 'abbruch', 'brich ab', 'vergiss es', 'egal', 'schon gut', 'stopp', 'stop', 'lass es'],
  },
  fr: {
    yes: [
      'oui',
      'ouais',
      'si',
      'daccord',
      'bien sur',
      'ok',
      'okay',
      'exact',
      'exactement',
      'vas y',
      'allez y',
      'fais le',
      'faites le',
      'cest ca',
      'volontiers',
    ],
    no: ['non', 'pas', 'jamais', 'faux', 'arrete', 'stop', 'attends', 'surtout pas'],
    cancel: [
      'annule',
      'annuler',
      'annulez',
      'laisse tomber',
      'laissez tomber',
      'oublie',
      'oublie ca',
      'tant pis',
      'stop',
      'arrete',
    ],
  },
  es: {
    yes: [
      'si',
      'claro',
      'vale',
      'correcto',
      'exacto',
      'de acuerdo',
      'por supuesto',
      'ok',
      'okay',
      'hazlo',
      'adelante',
      'eso es',
      'bueno',
    ],
    no: ['no', 'nunca', 'jamas', 'para', 'alto', 'espera', 'incorrecto'],
    cancel: ['cancela', 'cancelar', 'cancelalo', 'dejalo', 'olvidalo', 'da igual', 'no importa', 'para'],
  },
} as const;

/**
 * The yeses that nobody says by the way, and no loudspeaker while it talks of something else: what takes a question of
 * high risk. "Sure", "okay", "right" and "yeah" are said all day, and are what "shore", "write" and "yet" sound like.
 */
const clearYes = {
  en: ['yes', 'confirm', 'do it', 'do that', 'go ahead', 'please do'],
  de: ['ja', 'jawohl', 'mach das', 'mach es', 'tu das', 'tu es'],
  fr: ['oui', 'vas y', 'allez y', 'fais le', 'faites le'],
  es: ['si', 'hazlo', 'adelante'],
} as const;

/** Words of courtesy that change no answer. */
const courtesy = new Set('please thanks thank you bitte danke merci gracias por favor sil te vous plait'.split(' '));

/** A longer phrase is no answer to a yes-or-no question. */
const maxAnswerWords = 5;

type Meaning = keyof (typeof words)['en'];

/** Whether a phrase is a yes or a no in a language or in English; undefined when it is neither. Any "no" in it wins. */
export function readYesNo(text: string, language: string): boolean | undefined {
  const said = fold(text);
  if (said.length === 0 || said.length > maxAnswerWords) return undefined;
  if (isCancel(text, language) || phrasesOf('no', language).some((phrase) => contains(said, phrase))) return false;
  const core = said.filter((word) => !courtesy.has(word));
  let at = 0;
  while (at < core.length) {
    const yes = phrasesOf('yes', language).find((phrase) => startsWith(core, phrase, at));
    if (!yes) return undefined;
    at += yes.length;
  }
  return core.length > 0 || phrasesOf('yes', language).some((phrase) => phrase.join(' ') === said.join(' '))
    ? true
    : undefined;
}

/** Whether a yes holds one of the words that are clear ones. */
export function isClearYes(text: string, language: string): boolean {
  const said = fold(text);
  return codesOf(language)
    .flatMap((code) => clearYes[code].map(fold))
    .some((phrase) => contains(said, phrase));
}

/** Whether a phrase calls an open question off. */
export function isCancel(text: string, language: string): boolean {
  const said = fold(text)
    .filter((word) => !courtesy.has(word))
    .join(' ');
  return phrasesOf('cancel', language).some((phrase) => phrase.join(' ') === said);
}

/** Whether the words of a text stand in another one, in this order and nothing between. */
export function isPartOf(text: string, whole: string): boolean {
  const said = fold(text);
  return said.length > 0 && contains(fold(whole), said);
}

/** How many words a text has. */
export function countWords(text: string): number {
  return fold(text).length;
}

/** The words without case, accents, apostrophes and punctuation. */
function fold(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/['’ʼ`]/g, '')
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replaceAll('ß', 'ss')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function phrasesOf(meaning: Meaning, language: string): string[][] {
  return codesOf(language).flatMap((code) => words[code][meaning].map(fold));
}

/** English is understood everywhere; an unknown language, or "auto", means all. */
function codesOf(language: string): (keyof typeof words)[] {
  const code = language.toLowerCase().split(/[-_]/)[0]!;
  const all = Object.keys(words) as (keyof typeof words)[];
  return Object.hasOwn(words, code) ? all.filter((known) => known === 'en' || known === code) : all;
}

function startsWith(said: readonly string[], phrase: readonly string[], at: number): boolean {
  return phrase.every((word, i) => said[at + i] === word);
}

function contains(said: readonly string[], phrase: readonly string[]): boolean {
  return said.some((_, at) => startsWith(said, phrase, at));
}
