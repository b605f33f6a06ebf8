import { availableParallelism } from 'node:os';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { samplesToMs, type Priority, type Transcript } from '../types.ts';
import type { NativeJob, NativeRead, NativeReading } from './binding.ts';
import type { Engine } from './engine.ts';
import { engineError, toNativeRead, toTranscript } from './reading.ts';
import { Scheduler } from './scheduler.ts';
import { PooledAudio, type AudioPool } from './segment-audio.ts';
import type { ReadOptions, SegmentAudio, Transcriber, TranscriberInfo } from './transcriber.ts';
import { fitWordsToSound } from './word-times.ts';

/** One reader of an engine. */
interface Slot {
  engine: Engine;
}

/** A reading that was accepted. */
interface Job {
  sessionId: string;
  segment: PooledAudio;
  priority: Priority;
  waitMs: number;
  dueMs: number;
  read: Omit<NativeRead, 'threads'>;
  /** How many workers have ended while they were reading it. */
  losses: number;
  running?: NativeJob;
  resolve: (reading: NativeReading) => void;
  reject: (error: HeedError) => void;
}

/** The longest time that setTimeout accepts. */
const maxTimerMs = 2 ** 31 - 1;

/** From so many open segments for each reading that can run, there are more speakers than can be followed. */
const crowded = 4;

/** How a pool is made. */
export interface PoolOptions {
  model: string;
  config: Pick<Config['transcribe'], 'maxQueue' | 'maxFinalWaitMs' | 'beam' | 'maxThreads'>;
  /** Ends the engines; called by close(). */
  closeEngines: () => Promise<void>;
  /**
   * Lets the engines give way to this process; called while more people speak than can be followed. Competing with
   * readings then, it would hear everybody late, and so cut and read every phrase late.
   */
  letGiveWay?: () => void;
}

/** A transcriber that shares its readings among engines, which may join and leave at any time. */
export class TranscriberPool implements Transcriber, AudioPool {
  readonly #options: PoolOptions;
  readonly #slots = new Map<Engine, Slot[]>();
  readonly #audios = new Set<PooledAudio>();
  readonly #scheduler: Scheduler<Slot, Job>;
  #expiry: { dueMs: number; timer: NodeJS.Timeout } | undefined;
  #info: TranscriberInfo;
  /** Set while there is no engine and none is being started. */
  #down: HeedError | undefined;
  #closing: Promise<void> | undefined;
  #restarts = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#info = { model: options.model, backend: '', multilingual: false, workers: 0, system: '' };
    this.#scheduler = new Scheduler({
      maxQueue: options.config.maxQueue,
      canRun: ({ engine }) => !engine.isSilent,
      cost: ({ segment }, { engine }) => (segment.home === engine ? -1 : this.#countAudios(engine)),
      run: (job, slot, others) => this.#run(job, slot, others),
      stop: (job) => job.running?.abort(),
      reject: (job, error) => job.reject(error),
    });
  }

  get info(): TranscriberInfo {
    return this.#info;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** An engine is ready. */
  join(engine: Engine): void {
    const { backend, device, gpuProblem, multilingual, system, readers } = engine;
    const slots = Array.from({ length: readers }, () => ({ engine }));
    this.#down = undefined;
    this.#slots.set(engine, slots);
    this.#info = {
      model: this.#options.model,
      backend,
      ...(device === '' ? {} : { device }),
      ...(gpuProblem === undefined ? {} : { gpuProblem }),
      multilingual,
      workers: [...this.#slots.values()].flat().length,
      system,
    };
    for (const slot of slots) this.#scheduler.addSlot(slot);
  }

  /** An engine that was silent reacts again. */
  wake(): void {
    this.#scheduler.wake();
  }

  /** An engine has ended. It will reject its readings itself. */
  leave(engine: Engine): void {
    if (!this.#closing) this.#restarts++;
    for (const slot of this.#slots.get(engine) ?? []) this.#scheduler.removeSlot(slot);
    this.#slots.delete(engine);
    for (const audio of this.#audios) audio.leave(engine);
  }

  /**
   * There is no engine and will be none for a while: rejects all readings that wait, and every one that is asked for.
   */
  down(error: HeedError): void {
    this.#down = error;
    this.#scheduler.rejectWaiting(error);
  }

  open(sessionId: string): SegmentAudio {
    if (this.#closing) throw closedError();
    const audio = new PooledAudio(this, sessionId);
    this.#audios.add(audio);
    if (this.#audios.size > crowded * this.#info.workers) this.#options.letGiveWay?.();
    return audio;
  }

  load(): { waiting: number; running: number; capacity: number } {
    return this.#scheduler.load();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  pickHome(): Engine | undefined {
    const counts = [...this.#slots].flatMap(([engine, slots]) =>
      engine.isSilent ? [] : [{ engine, load: this.#countAudios(engine) / slots.length }],
    );
    return counts.sort((a, b) => a.load - b.load)[0]?.engine;
  }

  read(audio: PooledAudio, options: ReadOptions & { endSample: number }): Promise<Transcript> {
    const { segmentId, priority, endSample, signal } = options;
    if (signal?.aborted) return Promise.reject(abortedError());
    if (this.#down) return Promise.reject(this.#down);
    const reading = new Promise<NativeReading>((resolve, reject) => {
      const job: Job = {
        sessionId: audio.sessionId,
        segment: audio,
        priority,
        ...this.#deadline(priority, options.maxWaitMs),
        read: toNativeRead(options, { endSample, beam: this.#options.config.beam }),
        losses: 0,
        resolve,
        reject,
      };
      const onAbort = (): void => void this.#scheduler.cancel(job, abortedError());
      signal?.addEventListener('abort', onAbort, { once: true });
      job.resolve = (value) => {
        signal?.removeEventListener('abort', onAbort);
        resolve(value);
      };
      job.reject = (error) => {
        signal?.removeEventListener('abort', onAbort);
        reject(error);
      };
      this.#scheduler.submit(job);
      this.#watchDeadlines();
    });
    const samples = audio.samplesUpTo(endSample);
    return reading.then((value) => {
      const transcript = toTranscript(value, { segmentId, audioMs: samplesToMs(endSample) });
      return { ...transcript, words: fitWordsToSound(transcript.words, samples) };
    });
  }

  promote(audio: PooledAudio): void {
    this.#scheduler.promote(audio, this.#deadline('final'));
    this.#watchDeadlines();
  }

  release(audio: PooledAudio): void {
    this.#audios.delete(audio);
    this.#scheduler.rejectSegment(audio, abortedError());
  }

  #deadline(priority: Priority, maxWaitMs = this.#options.config.maxFinalWaitMs): { waitMs: number; dueMs: number } {
    const waitMs = priority === 'final' ? Math.min(maxWaitMs, maxTimerMs) : 0;
    return { waitMs, dueMs: performance.now() + waitMs };
  }

  #run(job: Job, slot: Slot, others: number): void {
    job.running = slot.engine.read(job.segment.on(slot.engine), {
      ...job.read,
      threads: this.#threadsFor(job, others),
    });
    job.running.promise
      .then(
        (reading) => this.#scheduler.finished(slot)?.resolve(reading),
        (error: unknown) => this.#failed(slot, engineError(error)),
      )
      .finally(() => this.#watchDeadlines());
  }

  /** Shares the cores among the readings that run or wait. Partials get one, as they are not urgent. */
  #threadsFor({ priority }: Job, others: number): number {
    const { maxThreads } = this.#options.config;
    return priority === 'partial'
      ? 1
      : Math.max(1, Math.min(maxThreads, Math.floor(availableParallelism() / (others + 1))));
  }

  #failed(slot: Slot, error: HeedError): void {
    const job = this.#scheduler.finished(slot);
    if (job && error.code === 'worker-lost' && ++job.losses < 2) {
      // The worker may have been given up only after a while, which is not the fault of the reading.
      this.#scheduler.retry(Object.assign(job, { dueMs: performance.now() + job.waitMs }));
    } else job?.reject(error);
  }

  /** Keeps a timer running for the final reading whose deadline is next. */
  #watchDeadlines(): void {
    const dueMs = this.#scheduler.nextDueMs();
    if (dueMs === this.#expiry?.dueMs) return;
    clearTimeout(this.#expiry?.timer);
    this.#expiry = undefined;
    if (dueMs === Infinity) return;
    const timer = setTimeout(
      () => {
        this.#expiry = undefined;
        this.#scheduler.expire(performance.now());
        this.#watchDeadlines();
      },
      Math.max(1, dueMs - performance.now()),
    );
    this.#expiry = { dueMs, timer };
  }

  #countAudios(engine: Engine): number {
    let count = 0;
    for (const audio of this.#audios) if (audio.home === engine) count++;
    return count;
  }

  async #close(): Promise<void> {
    this.#down = closedError();
    this.#scheduler.rejectAll(this.#down);
    this.#watchDeadlines();
    await this.#options.closeEngines();
  }
}

function abortedError(): HeedError {
  return new HeedError('aborted', 'The reading was cancelled.');
}

function closedError(): HeedError {
  return new HeedError('closed', 'The transcriber is closed already.');
}
