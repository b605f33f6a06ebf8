import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { maxHistory, type History } from './history.ts';
import { maxLineLength } from './lines.ts';

/** How many lines may be typed, or pasted, ahead of what is being done; more are dropped. */
const maxAhead = 1_000;

/** What lines are read from. */
export interface TerminalOptions {
  input: Readable;
  output: Writable;
  history?: History;
  /** Returns what stands before the line that is typed next. */
  prompt: () => string;
}

/** Lines typed in a terminal, with history and editing. Ctrl+C and Ctrl+D end them. */
export class TerminalLines implements AsyncIterable<string> {
  readonly #options: TerminalOptions;
  readonly #readline: Interface;
  readonly #ahead: string[] = [];
  #isWaiting = false;
  #isClosed = false;
  #wake: () => void = () => undefined;
  /** Resolves when the speaker has ended the conversation. */
  readonly closed: Promise<void>;

  constructor(options: TerminalOptions) {
    this.#options = options;
    const { input, output, history } = options;
    this.#readline = createInterface({
      input,
      output,
      terminal: true,
      history: history?.phrases ?? [],
      historySize: maxHistory,
      removeHistoryDuplicates: true,
    });
    this.#readline.on('line', (line) => {
      if (this.#ahead.length < maxAhead) this.#ahead.push(line.slice(0, maxLineLength));
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      this.#readline.once('close', () => {
        this.#isClosed = true;
        if (this.#isWaiting) output.write('\n');
        this.#isWaiting = false;
        resolve();
        this.#wake();
      });
    });
    this.#readline.on('SIGINT', () => this.#readline.close());
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (;;) {
      while (this.#ahead.length === 0 && !this.#isClosed) await this.#type();
      const line = this.#isClosed ? undefined : this.#ahead.shift();
      if (line === undefined) return;
      if (line.trim() !== '') this.#options.history?.add(line.trim());
      yield line;
    }
  }

  /** Prints lines above what is being typed. */
  print(lines: string): void {
    const { output } = this.#options;
    if (this.#isWaiting) {
      cursorTo(output, 0);
      clearLine(output, 0);
    }
    output.write(`${lines}\n`);
    if (this.#isWaiting) this.#readline.prompt(true);
  }

  close(): void {
    this.#readline.close();
  }

  /** Shows the prompt, and resolves when something was typed. */
  async #type(): Promise<void> {
    this.#isWaiting = true;
    this.#readline.setPrompt(this.#options.prompt());
    this.#readline.prompt();
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#isWaiting = false;
  }
}
