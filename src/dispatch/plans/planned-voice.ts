import { randomUUID } from 'node:crypto';
import type { EventBody } from '../../events/event.ts';
import type { Dialog } from '../dialog.ts';
import { UnansweredError, type Question } from '../question.ts';

/** What a planned command has for a dialog: whoever takes the events hears it, and nobody answers. */
export class PlannedVoice implements Pick<Dialog, 'ask' | 'say'> {
  readonly #publish: (body: EventBody) => void;

  constructor(publish: (body: EventBody) => void) {
    this.#publish = publish;
  }

  say(command: string, text: string): void {
    this.#publish({ type: 'prompt', command, prompt_id: randomUUID(), kind: 'say', text });
  }

  ask<T>({ command, text }: Question<T>): Promise<T> {
    return Promise.reject(new UnansweredError(`${command} was planned, so nobody is there to answer “${text}”`));
  }
}
