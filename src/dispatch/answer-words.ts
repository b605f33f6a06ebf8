import { allLanguages, englishCode, knownLanguage, type Answers, type Language } from '../language/index.ts';

/** Words of courtesy that change no answer. */
const courtesy = new Set(allLanguages.flatMap(({ answers }) => answers.courtesy));

/** A longer phrase is no answer to a yes-or-no question. */
const maxAnswerWords = 5;

/** Whether a phrase is a yes or a no in a language or in English; undefined when it is neither. Any "no" in it wins. */
export function readYesNo(text: string, language: string): boolean | undefined {
  const said = fold(text);
  if (said.length === 0 || said.length > maxAnswerWords) return undefined;
  if (isCancel(text, language) || phrasesOf('no', language).some((phrase) => contains(said, phrase))) return false;
  // "Please do" is a yes though "please" alone is none.
  if (phrasesOf('yes', language).some((phrase) => phrase.join(' ') === said.join(' '))) return true;
  const core = said.filter((word) => !courtesy.has(word));
  let at = 0;
  while (at < core.length) {
    const yes = phrasesOf('yes', language).find((phrase) => startsWith(core, phrase, at));
    if (!yes) return undefined;
    at += yes.length;
  }
  return core.length > 0 ? true : undefined;
}

/** Whether a yes holds one of the words that are clear ones. */
export function isClearYes(text: string, language: string): boolean {
  const said = fold(text);
  return phrasesOf('clearYes', language).some((phrase) => contains(said, phrase));
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

function phrasesOf(meaning: keyof Answers, language: string): string[][] {
  return spokenIn(language).flatMap(({ answers }) => answers[meaning].map(fold));
}

/** English is understood everywhere; an unknown language, or "auto", means all. */
function spokenIn(language: string): readonly Language[] {
  const spoken = knownLanguage(language);
  return spoken ? allLanguages.filter((known) => known === spoken || known.code === englishCode) : allLanguages;
}

function startsWith(said: readonly string[], phrase: readonly string[], at: number): boolean {
  return phrase.every((word, i) => said[at + i] === word);
}

function contains(said: readonly string[], phrase: readonly string[]): boolean {
  return said.some((_, at) => startsWith(said, phrase, at));
}
