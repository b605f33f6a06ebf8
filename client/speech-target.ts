import type { RecognitionEvents } from './speech-events.ts';

/** Takes one kind of event. */
export type Listener<K extends keyof RecognitionEvents> = ((event: RecognitionEvents[K]) => void) | null;

/** The part of an `EventTarget` that matters here, in types that need neither those of a browser nor those of Node. */
export interface RecognitionTarget {
  addEventListener<K extends keyof RecognitionEvents>(type: K, listener: Listener<K>, options?: object | boolean): void;
  removeEventListener<K extends keyof RecognitionEvents>(
    type: K,
    listener: Listener<K>,
    options?: object | boolean,
  ): void;
  dispatchEvent(event: object): boolean;
}

export const Target = EventTarget as unknown as new () => RecognitionTarget;

export const eventNames: readonly (keyof RecognitionEvents)[] = [
  'start',
  'audiostart',
  'soundstart',
  'speechstart',
  'speechend',
  'soundend',
  'audioend',
  'result',
  'nomatch',
  'error',
  'end',
];
