import type { EventOf, EventType, HeedEvent } from './events.ts';
import type { Loss } from './lost-speech.ts';
import type { Connection, MicrophoneStatus } from './options.ts';

/** What can be listened to, with what a listener gets: each type of event, all events, and the client's own states. */
export type ClientEvents = { [T in EventType]: EventOf<T> } & {
  event: HeedEvent;
  connection: Connection;
  microphone: MicrophoneStatus;
  /** The loudness, 0–1, about 31 times a second while the microphone is on. */
  level: number;
  /** The device disappeared while it was in use. */
  'microphone.lost': undefined;
  /** Something of what was said was lost with the connection. */
  lost: Loss;
};

/** Calls listeners by the name of what happened. */
export class Listeners {
  readonly #byName = new Map<string, Set<(value: never) => void>>();

  /** Adds a listener; returns the function that removes it. */
  on<T extends keyof ClientEvents>(name: T, listener: (value: ClientEvents[T]) => void): () => void {
    const listeners = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, listeners);
    // A function of its own, so that a listener that was added twice is called twice and removed one at a time.
    const call = (value: never): void => listener(value);
    listeners.add(call);
    return () => void listeners.delete(call);
  }

  /** Calls the listeners of one name in the order in which they were added. One that throws stops no other. */
  emit<T extends keyof ClientEvents>(name: T, value: ClientEvents[T]): void {
    for (const listener of [...(this.#byName.get(name) ?? [])]) {
      try {
        listener(value as never);
      } catch (error) {
        // The error belongs to the page: it shows up there like that of any other listener.
        setTimeout(() => {
          throw error;
        });
      }
    }
  }
}
