import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeWholeSync } from '../platform/write-whole.ts';

/** How many phrases are remembered. */
export const maxHistory = 500;

/** The phrases that were typed last, newest first, in a file that nobody else may read. */
export class History {
  readonly #path: string;
  #phrases: string[];

  constructor(path: string) {
    this.#path = path;
    this.#phrases = readPhrases(path);
  }

  /** Newest first, as readline wants them. */
  get phrases(): string[] {
    return [...this.#phrases];
  }

  /** Remembers a phrase at once, so that it is there however the conversation ends. */
  add(phrase: string): void {
    this.#phrases = [phrase, ...this.#phrases.filter((other) => other !== phrase)].slice(0, maxHistory);
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      writeWholeSync(this.#path, [...this.#phrases].reverse().join('\n') + '\n', { mode: 0o600 });
    } catch {
      // A folder that cannot be written to must not end the conversation; the phrases are then known for this run only.
    }
  }
}

function readPhrases(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean).reverse().slice(0, maxHistory);
  } catch {
    return [];
  }
}
