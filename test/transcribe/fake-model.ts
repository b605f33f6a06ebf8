import type { ReadOptions, SegmentAudio, Transcriber } from '../../src/transcribe/transcriber.ts';
import type { DecoderGraph, Transcript } from '../../src/types.ts';

export const grammar: DecoderGraph = {
  id: 'g',
  start: 0,
  words: [],
  prompt: '',
  arcStart: new Uint32Array(1),
  arcKind: new Uint8Array(),
  arcLabel: new Uint32Array(),
  arcTarget: new Uint32Array(),
  final: new Uint8Array([1]),
};

/** A model whose readings of commands have this many nats per token; with `undefined` it finds none. */
export class FakeModel implements Transcriber {
  readonly info;
  readonly reads: (ReadOptions & { samples: number })[] = [];
  readonly closed: string[] = [];
  promoted = 0;
  /** Called when a reading begins. */
  onRead: () => void = () => undefined;
  readonly #nats: number | undefined;

  constructor(nats: number | undefined, { multilingual = true } = {}) {
    this.#nats = nats;
    this.info = { model: 'fake', backend: 'cpu', multilingual, workers: 1, system: '' };
  }

  open(): SegmentAudio {
    let length = 0;
    return {
      get length() {
        return length;
      },
      append: (samples) => {
        length += samples.length;
      },
      read: async (options) => {
        this.reads.push({ ...options, samples: length });
        this.onRead();
        const constrained =
          this.#nats === undefined ? [] : [{ text: 'on', logProbability: 4 * this.#nats, tokens: 4, endMs: 0 }];
        return {
          ...transcript,
          text: `by ${this.#nats}`,
          ...(options.grammar ? { constrained } : {}),
          language: options.language === 'auto' ? 'de' : 'en',
        };
      },
      promote: () => {
        this.promoted++;
      },
      close: () => {
        this.closed.push('audio');
      },
    };
  }

  load(): { waiting: number; running: number; capacity: number } {
    return { waiting: 0, running: 0, capacity: 1 };
  }

  async close(): Promise<void> {
    this.closed.push('model');
  }
}

const transcript: Transcript = {
  segmentId: 's',
  text: '',
  words: [],
  language: 'en',
  confidence: 1,
  noSpeechProbability: 0,
  logProbability: -1,
  tokens: 4,
  endMs: 0,
  alternatives: [],
  audioMs: 100,
  inferenceMs: 10,
  stageMs: { encode: 5 },
};
