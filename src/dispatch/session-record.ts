import type { Dialog } from './dialog.ts';
import type { HandlerRun } from './handler-run.ts';
import type { UndoStack } from './undo-stack.ts';

/** Phrases of a session that are remembered as done; a segment is never delivered that late. */
const maxClaims = 1000;

/** What the dispatcher knows of a session. */
export class SessionRecord {
  readonly dialog: Dialog;
  readonly undo: UndoStack;
  readonly running = new Set<HandlerRun>();
  readonly #claims = new Set<string>();

  constructor(dialog: Dialog, undo: UndoStack) {
    this.dialog = dialog;
    this.undo = undo;
  }

  /** True the first time, false ever after. */
  claim(key: string): boolean {
    if (this.#claims.has(key)) return false;
    this.#claims.add(key);
    if (this.#claims.size > maxClaims) this.#claims.delete(this.#claims.values().next().value!);
    return true;
  }
}
