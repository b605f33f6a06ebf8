import { frameSamples } from '../types.ts';
import type { FrameBatch } from './model-runner.ts';

/**
 * How many frames go to the thread at once. The thread reacts to nothing else during a batch: 7 ms (25 in onnxruntime).
 */
export const maxBatchFrames = 256;

/** The cells of 32 bits: what the thread is asked for, how the batch stands, and how many frames it has. */
const [askedCell, stateCell, countCell] = [0, 1, 2];
/** What the thread can be asked for, as bits. */
const [askedBatch, askedMessages] = [1, 2];
const [stateRunning, stateHeard, stateFailed] = [1, 2, 3];

const cellBytes = 16;
const idBytes = 4 * maxBatchFrames;
const probabilityBytes = 4 * maxBatchFrames;
const sampleBytes = 4 * maxBatchFrames * frameSamples;

/** What the thread finds when it has been woken. */
export interface Asked {
  /** Whether there are messages on its port. */
  messages: boolean;
  batch: FrameBatch | undefined;
}

/**
 * Memory that a process and its model's thread share. It holds one batch of frames, then their probabilities. Handing
 * over a batch takes half of the processor time of a message, and there are thousands of batches a second.
 */
export class FrameExchange {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;
  readonly #ids: Uint32Array;
  readonly #probabilities: Float32Array;
  readonly #samples: Float32Array;

  constructor(memory = new SharedArrayBuffer(cellBytes + idBytes + probabilityBytes + sampleBytes)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory, 0, cellBytes / 4);
    this.#ids = new Uint32Array(memory, cellBytes, maxBatchFrames);
    this.#probabilities = new Float32Array(memory, cellBytes + idBytes, maxBatchFrames);
    this.#samples = new Float32Array(memory, cellBytes + idBytes + probabilityBytes);
  }

  /**
   * In the process: hands over up to `maxBatchFrames` frames; the batch before must have been heard. Resolves with
   * their probabilities, which hold until the next batch, or with undefined if the thread failed and says why in a
   * message. It never settles if the thread ends.
   */
  async hear(frames: readonly { stream: { id: number }; samples: Float32Array }[]): Promise<Float32Array | undefined> {
    for (const [index, { stream, samples }] of frames.entries()) {
      this.#ids[index] = stream.id;
      this.#samples.set(samples, index * frameSamples);
    }
    Atomics.store(this.#cells, countCell, frames.length);
    Atomics.store(this.#cells, stateCell, stateRunning);
    this.#wake(askedBatch);
    const waiting = Atomics.waitAsync(this.#cells, stateCell, stateRunning);
    if (waiting.async) await waiting.value;
    return Atomics.load(this.#cells, stateCell) === stateHeard ? this.#probabilities : undefined;
  }

  /** In the process: lets the thread look at the messages that were posted to it before. */
  tellOfMessages(): void {
    this.#wake(askedMessages);
  }

  /** In the thread: blocks until something is asked for. */
  wait(): Asked {
    Atomics.wait(this.#cells, askedCell, 0);
    const asked = Atomics.exchange(this.#cells, askedCell, 0);
    const count = Atomics.load(this.#cells, countCell);
    return {
      messages: (asked & askedMessages) !== 0,
      batch:
        (asked & askedBatch) === 0
          ? undefined
          : { streams: this.#ids.subarray(0, count), samples: this.#samples.subarray(0, count * frameSamples) },
    };
  }

  /** In the thread: the batch has been heard, or could not be. */
  answer(probabilities: Float32Array | undefined): void {
    if (probabilities) this.#probabilities.set(probabilities);
    Atomics.store(this.#cells, stateCell, probabilities ? stateHeard : stateFailed);
    Atomics.notify(this.#cells, stateCell);
  }

  #wake(bit: number): void {
    Atomics.or(this.#cells, askedCell, bit);
    Atomics.notify(this.#cells, askedCell);
  }
}
