import { Framer } from '../audio/index.ts';
import { HeedError } from '../errors.ts';
import { sampleRateHz, type AudioFrame } from '../types.ts';
import type { VadStream } from '../vad/index.ts';
import { Deafness } from './deafness.ts';
import type { SegmentReader } from './segment-reader.ts';

/** One session's part of the ears. */
export interface SessionEars {
  stream: VadStream;
  reader: SegmentReader;
}

/** The most audio that may wait inside a session before `push` refuses more: 30 s. */
const maxPendingSamples = 30 * sampleRateHz;

/** Cuts a session's samples into frames, and takes these in order through the voice activity model to the reader. */
export class AudioInput {
  /** Undefined in a session that only takes typed phrases. */
  readonly #ears: SessionEars | undefined;
  readonly #framer = new Framer();
  readonly #deafness = new Deafness();
  #pendingSamples = 0;
  /** The last push or flush; the next one waits for it, so that audio is handled in order. */
  #tail: Promise<void> = Promise.resolve();
  #state: 'open' | 'closing' = 'open';

  constructor(ears: SessionEars | undefined) {
    this.#ears = ears;
  }

  /**
   * Takes samples; resolves when the voice activity model has judged them. `spokenAtMs` is when the last of them was
   * spoken, `performance.now()` ms; it is absent for live sound. Rejects with `busy` when too much audio would wait,
   * and with `closed` after `close()`.
   */
  async push(samples: Float32Array, spokenAtMs?: number): Promise<void> {
    if (this.#pendingSamples + samples.length > maxPendingSamples) {
      throw new HeedError(
        'busy',
        'More than 30 s of audio are waiting in this session. Send audio no faster than it is spoken.',
      );
    }
    this.#pendingSamples += samples.length;
    try {
      await this.#enqueue(async () => {
        for (const frame of this.#framer.push(samples)) await this.#pushFrame(frame, spokenAtMs);
      });
    } finally {
      this.#pendingSamples -= samples.length;
    }
  }

  /** Ends the open segment after the samples that were pushed before; `spokenAtMs` as for `push`. */
  flush(spokenAtMs?: number): Promise<void> {
    return this.#enqueue(async () => {
      const rest = this.#framer.flush();
      if (rest) await this.#pushFrame(rest, spokenAtMs);
      if (this.#state === 'open') this.#ears?.reader.flush(spokenAtMs);
    });
  }

  /** Resolves when all samples so far have been judged and nobody is speaking. */
  async silence(): Promise<void> {
    do {
      await this.#tail;
      await this.#ears?.reader.silence();
    } while (this.isHearing);
  }

  /** Whether somebody is speaking. */
  get isHearing(): boolean {
    return this.#ears?.reader.isOpen === true;
  }

  /**
   * The client has begun, or stopped, to speak what heed said: what was pushed before is heard as it was, and what is
   * pushed while it speaks is not heard.
   */
  setPlaying(isPlaying: boolean, isHeld: boolean): void {
    // In a session that is closing nothing is heard anyway.
    this.inOrder(() => this.#deafness.setPlaying(isPlaying, isHeld)).catch(() => undefined);
  }

  /** Does something between what was pushed before and what is pushed later. Rejects with `closed` like `push`. */
  inOrder(work: () => void): Promise<void> {
    return this.#enqueue(async () => work());
  }

  /** Resolves when everything that was pushed so far has been taken. */
  settled(): Promise<void> {
    return this.#tail;
  }

  /** Drops the open segment and the samples that are waiting. */
  async close(): Promise<void> {
    this.#state = 'closing';
    this.#ears?.reader.close();
    await this.#tail;
    this.#ears?.stream.close();
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(closedError());
    const result = this.#tail.then(work);
    this.#tail = result.catch(() => {
      /* The caller of push or flush gets the error. */
    });
    return result;
  }

  async #pushFrame(frame: AudioFrame, spokenAtMs: number | undefined): Promise<void> {
    if (!this.#ears)
      throw new HeedError('bad-message', 'Audio came in a session of typed phrases. Open a session with audio.');
    if (this.#state !== 'open') return;
    if (this.#deafness.covers(frame)) {
      this.#ears.reader.ignore(frame);
      return;
    }
    const probability = await this.#ears.stream.probability(frame);
    if (this.#state === 'open') this.#ears.reader.push(frame, probability, spokenAtMs);
  }
}

/** The error of everything that comes after a session was closed. */
export function closedError(): HeedError {
  return new HeedError('closed', 'The session has already been closed. Open another one.');
}
