import { foldWord } from '../grammar/index.ts';
import { allLanguages, englishCode, knownLanguage, type Answers, type Language } from '../language/index.ts';

/** Words of courtesy, such as "please", which do not change the meaning of an answer. */
const courtesy = new Set(allLanguages.flatMap(({ answers }) => answers.courtesy.flatMap(fold)));

/** A phrase of more words than this is never taken as the answer to a yes-or-no question. */
const maxAnswerWords = 5;

/**
 * Whether a phrase is a yes or a no in a language or in English; undefined when it is neither. A phrase that contains a
 * no is a no, whatever else it says, because a command that runs by mistake is worse than one that does not run.
 */
export function readYesNo(text: string, language: string): boolean | undefined {
  const said = fold(text);
  if (said.length === 0 || said.length > maxAnswerWords) return undefined;
  if (isCancel(text, language) || phrasesOf('no', language).some((phrase) => contains(said, phrase))) return false;
  // Some phrases, such as "please do", are a yes only together with their words of courtesy.
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

/** Whether a yes contains a word that is not easily mistaken for another, as the language's `clearYes` lists them. */
export function isClearYes(text: string, language: string): boolean {
  const said = fold(text);
  return phrasesOf('clearYes', language).some((phrase) => contains(said, phrase));
}

/** Whether a phrase calls an open question off. */
export function isCancel(text: string, language: string): boolean {
  return isWholly('cancel', text, language);
}

/** Whether a phrase is a no and nothing else; a command may contain such a word as well. */
export function isPlainNo(text: string, language: string): boolean {
  return isWholly('no', text, language);
}

function isWholly(meaning: keyof Answers, text: string, language: string): boolean {
  const said = fold(text)
    .filter((word) => !courtesy.has(word))
    .join(' ');
  return phrasesOf(meaning, language).some((phrase) => phrase.join(' ') === said);
}

/** Whether the words of a text occur in another one, in the same order and with nothing between them. */
export function isPartOf(text: string, whole: string): boolean {
  const said = fold(text);
  return said.length > 0 && contains(fold(whole), said);
}

export function countWords(text: string): number {
  return fold(text).length;
}

/** Splits a text into words without case, accents, apostrophes and punctuation, so that spellings compare equal. */
export function fold(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replace(/['’ʼ`]/g, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map(foldWord);
}

function phrasesOf(meaning: keyof Answers, language: string): string[][] {
  return spokenIn(language).flatMap(({ answers }) => answers[meaning].map(fold));
}

/** English is understood in every session; an unknown language, or "auto", means every language. */
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
