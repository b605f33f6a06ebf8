import type { Command, Undo } from '../registry/index.ts';

/** A command that can be undone. */
export interface Undoable {
  command: string;
  /** The command as it was when it ran. */
  ran: Command;
  phrase: string;
  undo: Undo;
}

/** The commands that a session can undo. When there are too many, the oldest is forgotten. */
export class UndoStack {
  readonly #max: number;
  readonly #stack: Undoable[] = [];

  constructor(max: number) {
    this.#max = max;
  }

  /** The newest command that can be undone. */
  get last(): Undoable | undefined {
    return this.#stack.at(-1);
  }

  push(undoable: Undoable): void {
    this.#stack.push(undoable);
    if (this.#stack.length > this.#max) this.#stack.shift();
  }

  /** Undoes the newest command. It leaves the stack even if that fails, so that nothing is undone twice. */
  async undoLast(signal: AbortSignal): Promise<{ command: string; phrase: string } | undefined> {
    const last = this.#stack.pop();
    if (!last) return undefined;
    await last.undo({ signal });
    return { command: last.command, phrase: last.phrase };
  }
}
