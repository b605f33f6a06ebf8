import { unfinishedUtterance, maxUtterances, type Outcome, type Utterance } from './utterances.ts';

const storageKey = 'heed-transcript';
/** Browsers give an origin about 5 MB for everything that it stores, in characters. */
const maxLength = 500_000;

/**
 * Keeps the transcript of this tab over a reload: its words and outcomes, never any sound. What cannot be stored, or
 * was stored by another version of the page, is left out.
 */
export class TranscriptStore {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
    this.#storage = storage;
  }

  /** Stores as many of the newest phrases as fit. */
  save(utterances: readonly Utterance[]): void {
    try {
      const kept = newestThatFit(utterances.filter(({ text, outcomes }) => text !== '' || outcomes.length > 0));
      if (kept.length === 0) this.#storage.removeItem(storageKey);
      else this.#storage.setItem(storageKey, `[${kept.join(',')}]`);
    } catch {
      // Storage is turned off or full: the transcript then lasts as long as the page.
    }
  }

  /** Returns the stored phrases, newest first. Whatever was still under way is unfinished. */
  load(): Utterance[] {
    let stored: unknown;
    try {
      stored = JSON.parse(this.#storage.getItem(storageKey) ?? '[]');
    } catch {
      // Not written by this page.
      return [];
    }
    if (!Array.isArray(stored)) return [];
    return stored
      .slice(0, maxUtterances)
      .filter(isUtterance)
      .map((utterance, index) => ({ ...unfinishedUtterance(utterance), id: `past/${index}`, isPast: true }));
  }
}

function newestThatFit(utterances: readonly Utterance[]): string[] {
  let length = 2;
  const kept: string[] = [];
  for (const utterance of utterances.slice(0, maxUtterances)) {
    const text = JSON.stringify(utterance);
    length += text.length + 1;
    if (length > maxLength) break;
    kept.push(text);
  }
  return kept;
}

type Fields = Record<string, unknown>;

function isUtterance(value: unknown): value is Utterance {
  return (
    isFields(value) &&
    ['spoken', 'typed', 'heed'].includes(value['source'] as string) &&
    ['hearing', 'reading', 'heard'].includes(value['status'] as string) &&
    areTexts([value['text'], value['committed'], value['understood'] ?? '', value['time'] ?? '']) &&
    areTexts(value['said']) &&
    Array.isArray(value['outcomes']) &&
    value['outcomes'].every(isOutcome)
  );
}

const statuses: Outcome['status'][] = ['running', 'unfinished', 'done', 'failed', 'refused', 'unmatched'];

function isOutcome(value: unknown): value is Outcome {
  return (
    isFields(value) &&
    statuses.includes(value['status'] as Outcome['status']) &&
    areTexts([value['command'], value['text']]) &&
    Array.isArray(value['candidates']) &&
    value['candidates'].every(
      (each) => isFields(each) && areTexts([each['phrase'], each['command']]) && typeof each['score'] === 'number',
    )
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function areTexts(values: unknown): values is string[] {
  return Array.isArray(values) && values.every((value) => typeof value === 'string');
}
