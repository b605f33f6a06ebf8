import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import type { WorkOptions } from '../models/index.ts';
import {
  closed,
  DiarizationThread,
  optionsOf,
  type Diarization,
  type SpeakerStream,
  type SpokenVoice,
} from './diarization.ts';
import { KeptStream } from './kept-stream.ts';
import { ensureVoiceModels } from './native-models.ts';
import type { Heard } from './stream-diarizer.ts';

/** A thread that may end by itself. */
export interface MortalDiarization extends Diarization {
  /** Resolves with the reason when the thread has ended, or was closed. */
  readonly ended: Promise<HeedError>;
}

/** How long after its end a thread is started again, ms: at first, and at most. It doubles each time. */
const [firstDelayMs, lastDelayMs] = [1_000, 60_000];

/**
 * Fetches the models for voices if necessary, and loads them in a worker thread.
 * @throws HeedError `fetch-failed`, `bad-model`, `native-failed`, `aborted`
 */
export async function createDiarization(
  { speakers, models }: Pick<Config, 'speakers' | 'models'>,
  work: WorkOptions = {},
): Promise<Diarization> {
  return keepDiarization(async () => {
    const thread = new DiarizationThread({
      paths: await ensureVoiceModels(models, work),
      options: optionsOf(speakers),
    });
    await thread.loaded;
    return thread;
  });
}

/** Starts a thread, and starts it again whenever it is lost. @throws what the first start throws */
export async function keepDiarization(start: () => Promise<MortalDiarization>): Promise<Diarization> {
  return new KeptDiarization(start, await start());
}

class KeptDiarization implements Diarization {
  readonly #start: () => Promise<MortalDiarization>;
  readonly #streams = new Set<KeptStream>();
  #thread: MortalDiarization | undefined;
  /** Why there is none. */
  #reason: HeedError | undefined;
  #delayMs = firstDelayMs;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(start: () => Promise<MortalDiarization>, thread: MortalDiarization) {
    this.#start = start;
    this.#use(thread);
  }

  openStream(onHeard: (heard: Heard) => void): SpeakerStream {
    if (this.#isClosed) throw closed();
    const stream = new KeptStream(onHeard, () => this.#streams.delete(stream));
    this.#streams.add(stream);
    if (this.#thread) stream.attach(this.#thread);
    else if (this.#reason) stream.detach(this.#reason);
    return stream;
  }

  openSpeech(): SpokenVoice {
    if (!this.#thread) throw this.#reason ?? closed();
    return this.#thread.openSpeech();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const stream of this.#streams) stream.close();
    await this.#thread?.close();
  }

  #use(thread: MortalDiarization): void {
    this.#thread = thread;
    const startedMs = performance.now();
    for (const stream of this.#streams) stream.attach(thread);
    void thread.ended.then((reason) => {
      [this.#thread, this.#reason] = [undefined, reason];
      for (const stream of this.#streams) stream.detach(reason);
      // One that has worked for long is started again at once, the next time.
      if (performance.now() - startedMs > lastDelayMs) this.#delayMs = firstDelayMs;
      this.#plan();
    });
  }

  #plan(): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.#startAgain(), this.#delayMs).unref();
    this.#delayMs = Math.min(lastDelayMs, 2 * this.#delayMs);
  }

  async #startAgain(): Promise<void> {
    try {
      const thread = await this.#start();
      if (this.#isClosed) await thread.close();
      else this.#use(thread);
    } catch {
      // Each stream has told why it knows nothing; the next try may succeed.
      this.#plan();
    }
  }
}
