import type { Undo } from '../registry/index.ts';

/** A command that can be taken back. */
export interface Undoable {
  command: string;
  phrase: string;
  undo: Undo;
}

/** The commands a session can take back, newest first; the oldest is forgotten when there are too many. */
export class UndoStack {
  readonly #max: number;
  readonly #stack: Undoable[] = [];

  constructor(max: number) {
    this.#max = max;
  }

  push(undoable: Undoable): void {
    this.#stack.push(undoable);
    if (this.#stack.length > this.#max) this.#stack.shift();
  }

  /** Takes back the newest. It is gone even if that fails, so that nothing is taken back twice. */
  async undoLast(signal: AbortSignal): Promise<{ command: string; phrase: string } | undefined> {
    const last = this.#stack.pop();
    if (!last) return undefined;
    await last.undo({ signal });
    return { command: last.command, phrase: last.phrase };
  }
}
