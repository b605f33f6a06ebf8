import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { AskedThread } from '../platform/asked-thread.ts';
import { childModule } from '../platform/child-module.ts';
import { sampleRateHz } from '../types.ts';
import type { DiarizationData, DiarizationTasks } from './diarization-worker.ts';
import type { DescribedVoice } from './known/speech-describer.ts';
import type { DiarizationOptions, Heard, Who } from './stream-diarizer.ts';

/** Tells the voices of one stream apart. */
export interface SpeakerStream {
  /**
   * Takes the next samples, 16 kHz, and whether there may be speech in them (default: there may). While more than 5 s
   * wait, windows are left out, to catch up with live sound.
   */
  push(samples: Float32Array, state?: { hasSpeech: boolean }): void;
  /** Resolves when less than 5 s wait; whoever has all the time awaits it, so that no window is left out. */
  ready(): Promise<void>;
  /** Says who spoke within a part of the stream, seconds since it began. Rejects with what the models fail with. */
  who(start: number, end: number): Promise<Who>;
  close(): void;
}

/** Speech of one voice, which is listened to while it goes on, so that it takes little time to describe it. */
export interface SpokenVoice {
  /** Takes what is said next: samples at 16 kHz that hold speech and little else. */
  hear(speech: Float32Array): void;
  /** Says what the voice sounds like in all that was heard and in a rest, which is not kept. Rejects like `who`. */
  describe(rest: Float32Array): Promise<DescribedVoice>;
  close(): void;
}

/** The models that tell voices apart, in a thread of their own, shared by all streams. */
export interface Diarization {
  /** @param onHeard called after each window of the stream @throws HeedError `closed` */
  openStream(onHeard: (heard: Heard) => void): SpeakerStream;
  /** Listens to a voice while it speaks. @throws HeedError `closed` */
  openSpeech(): SpokenVoice;
  /** Ends the thread after its current run; what waits is rejected with `closed`. Idempotent. */
  close(): Promise<void>;
}

/** How much sound of one stream may wait before windows are left out, samples. */
const maxWaitingSamples = 5 * sampleRateHz;
/** How much is sent to the thread at once, samples: a window begins every half a second. */
const batchSamples = sampleRateHz / 4;

/** diart's parameters as the options name them. */
export function optionsOf(speakers: Config['speakers']): DiarizationOptions {
  const { durationMs, stepMs, ...others } = speakers;
  return { durationSeconds: durationMs / 1000, stepSeconds: stepMs / 1000, ...others };
}

/** The thread of one load of the models. When it is lost, it and its streams stay so. */
export class DiarizationThread implements Diarization {
  readonly #thread: AskedThread<DiarizationTasks>;
  #nextNumber = 1;

  constructor(data: DiarizationData) {
    this.#thread = new AskedThread({
      module: childModule('./diarization-worker', import.meta.url),
      data,
      what: 'The thread that tells voices apart',
      advice: 'It is started again.',
    });
  }

  /** Settles when the models are loaded, or cannot be. */
  get loaded(): Promise<void> {
    return this.#thread.loaded;
  }

  /** Resolves with the reason when the thread has ended, or was closed. */
  get ended(): Promise<HeedError> {
    return this.#thread.ended;
  }

  openStream(onHeard: (heard: Heard) => void): SpeakerStream {
    return new ThreadStream(this.#thread, this.#open(), onHeard);
  }

  openSpeech(): SpokenVoice {
    const number = this.#open();
    const thread = this.#thread;
    return {
      // Whatever fails now is told to whoever asks.
      hear: (speech) => void thread.ask('listen', [number, speech.slice()]).catch(() => undefined),
      describe: (rest) => thread.ask('describe', [number, rest]),
      close: () => void thread.ask('forget', [number]).catch(() => undefined),
    };
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  /** Returns a number for what is opened. */
  #open(): number {
    if (this.#thread.failure) throw this.#thread.failure;
    return this.#nextNumber++;
  }
}

class ThreadStream implements SpeakerStream {
  readonly #thread: AskedThread<DiarizationTasks>;
  readonly #number: number;
  readonly #onHeard: (heard: Heard) => void;
  #batch: Float32Array[] = [];
  #batched = 0;
  #hasSpeech = false;
  #waitingSamples = 0;
  /** What the thread has not heard yet, the oldest first. */
  readonly #hearing: Promise<void>[] = [];
  /** Why nothing more can be said about the stream. */
  #failure: HeedError | undefined;
  readonly #failed: Promise<never>;
  #tellFailure: (error: HeedError) => void = () => undefined;

  constructor(thread: AskedThread<DiarizationTasks>, number: number, onHeard: (heard: Heard) => void) {
    this.#thread = thread;
    this.#number = number;
    this.#onHeard = onHeard;
    this.#failed = new Promise((_resolve, reject) => (this.#tellFailure = reject));
    this.#failed.catch(() => undefined);
  }

  push(samples: Float32Array, { hasSpeech } = { hasSpeech: true }): void {
    if (this.#failure) return;
    this.#hasSpeech ||= hasSpeech;
    this.#batch.push(samples);
    this.#batched += samples.length;
    if (this.#batched >= batchSamples) this.#send();
  }

  async ready(): Promise<void> {
    while (this.#waitingSamples > maxWaitingSamples && !this.#failure) await this.#hearing[0];
  }

  who(start: number, end: number): Promise<Who> {
    if (this.#failure) return Promise.reject(this.#failure);
    this.#send();
    const answer = this.#thread.ask('who', [this.#number, start, end]);
    answer.catch((error: HeedError) => this.#fail(error));
    return Promise.race([answer, this.#failed]);
  }

  close(): void {
    if (this.#failure?.code === 'closed') return;
    this.#fail(closed());
    this.#thread.ask('forget', [this.#number]).catch(() => undefined);
  }

  #send(): void {
    const samples = new Float32Array(this.#batched);
    let at = 0;
    for (const part of this.#batch) {
      samples.set(part, at);
      at += part.length;
    }
    const hasSpeech = this.#hasSpeech;
    [this.#batch, this.#batched, this.#hasSpeech] = [[], 0, false];
    if (samples.length > 0) this.#hearing.push(this.#hear(samples, hasSpeech));
  }

  async #hear(samples: Float32Array<ArrayBuffer>, hasSpeech: boolean): Promise<void> {
    const isLate = this.#waitingSamples > maxWaitingSamples;
    const count = samples.length;
    this.#waitingSamples += count;
    try {
      const windows = await this.#thread.ask('hear', [this.#number, samples, { isLate, hasSpeech }], [samples.buffer]);
      for (const heard of this.#failure ? [] : windows) this.#onHeard(heard);
    } catch (error) {
      this.#fail(error as HeedError);
    }
    this.#waitingSamples -= count;
    void this.#hearing.shift();
  }

  #fail(error: HeedError): void {
    this.#failure ??= error;
    this.#tellFailure(this.#failure);
  }
}

/** The error of what was closed. */
export function closed(): HeedError {
  return new HeedError('closed', 'The stream of voices was closed before.');
}
