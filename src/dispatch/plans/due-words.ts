import { englishCode, languageOf } from '../../language/index.ts';

/** The longest wait that is told to the second, ms. */
const shortWaitMs = 120_000;

/** Says when something will be: "at 18:40", "tomorrow at 09:00", "on Friday, 4 December at 09:00". */
export function dueWords(dueMs: number, nowMs: number, language: string): string {
  const { sentences, code } = languageOf(language);
  const [due, now] = [new Date(dueMs), new Date(nowMs)];
  const seconds = dueMs - nowMs < shortWaitMs ? ({ second: '2-digit' } as const) : {};
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...seconds }).format(due);
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  if (due.toDateString() === now.toDateString()) return sentences.atTime(time);
  if (due.toDateString() === tomorrow.toDateString()) return sentences.tomorrowAt(time);
  const day = new Intl.DateTimeFormat(code === englishCode ? 'en-GB' : code, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  return sentences.onDayAt(day.format(due), time);
}

/** Returns a sentence that tells what will run and when: "Turn off the lights at 18:40." */
export function plannedSentence(phrase: string, when: string): string {
  return `${capitalized(phrase)} ${when}.`;
}

/** Returns a text that begins with a capital letter. */
export function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
