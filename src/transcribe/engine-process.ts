import { fork, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { ChildModule } from '../platform/child-module.ts';
import { keptGrammars, Recent } from '../platform/recent.ts';
import { childEnvironment, type Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import type { DecoderGraph } from '../types.ts';
import type { NativeAudio, NativeJob, NativeRead, NativeReading } from './binding.ts';
import type { KeptEngine } from './keeper.ts';
import { Effort, type Pace } from './effort.ts';
import { knownSoundMs, readKnownSound } from './known-sound.ts';
import { LastWords } from './last-words.ts';
import { Pulse } from './pulse.ts';
import { RemoteAudio } from './remote-audio.ts';
import { fromWorkerSchema, type FromWorker, type ToWorker } from './worker-messages.ts';
import { engineError } from './reading.ts';
import { samplesToMs } from '../types.ts';

/** How a worker process is started. */
export interface EngineProcessOptions {
  module: ChildModule;
  modelPath: string;
  config: Pick<Config['transcribe'], 'gpu' | 'integratedGpu' | 'maxReadMs' | 'maxStartMs'>;
  /** How many readings run side by side if the worker uses a GPU. */
  gpuReaders: number;
  /** Whether heed knows which words the model reads in its test sound. */
  knowsWords: boolean;
  /** The process was silent for a while, and reacts again. */
  onVoice: () => void;
  /** Called when the process has ended, before its readings are rejected. */
  onExit: (engine: EngineProcess) => void;
}

/** Time a worker has to end by itself after close(), ms. */
const closeGraceMs = 2_000;

interface Pending {
  resolve: (reading: NativeReading) => void;
  reject: (error: HeedError) => void;
  watchdog: NodeJS.Timeout;
  effort: Effort;
}

/**
 * An engine in a process of its own, used like the addon itself. It has one reader on the CPU. On a GPU it has several,
 * so that the GPU's memory holds the model only once. It keeps the parent process alive only while it loads or reads.
 */
export class EngineProcess implements KeptEngine {
  readers = 1;
  backend = '';
  device = '';
  gpuProblem: string | undefined;
  system = '';
  multilingual = false;
  /**
   * Rejects with `bad-model`, `native-failed`, `timeout`, or, if the process ends before it is ready, `worker-lost`.
   */
  readonly ready: Promise<void>;
  /** Resolves when the process has ended, with the way in which it ended. */
  readonly exited: Promise<string>;
  readonly #options: EngineProcessOptions;
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  /** Ids of the graphs that the worker has. */
  readonly #graphs = new Recent<string, true>(keptGrammars);
  readonly #pulse = new Pulse({
    ask: () => this.#tell({ type: 'ping' }),
    onVoice: () => this.#options.onVoice(),
    onSilence: () => this.#kill(lostError('it did not react to anything')),
  });
  #resolveReady!: () => void;
  #rejectReady!: (error: HeedError) => void;
  #state: 'starting' | 'ready' | 'closing' | 'exited' = 'starting';
  #nextId = 0;
  readonly #lastWords = new LastWords();
  /** The processor time that the process had used when it answered last, ms. */
  #cpuMs = 0;
  #pace: Pace = { costMs: 0, soundMs: knownSoundMs };
  #killed: HeedError | undefined;
  /** The reading that took too long, for which the process was killed. */
  #lateJob: number | undefined;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
    const { module, modelPath, config, gpuReaders } = options;
    this.#child = fork(module.path, {
      execArgv: module.execArgv,
      serialization: 'advanced',
      // Only the gateway writes to standard output. Native code that crashes may say why on standard error.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Otherwise a failed assertion in ggml would start a debugger.
      env: childEnvironment({ GGML_NO_BACKTRACE: '1' }),
    });
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    this.exited = new Promise((resolve) => {
      this.#child
        .once('exit', (code, signal) => {
          const bury = (): void => resolve(this.#bury(signal ?? `exit code ${code}`));
          // Wait for standard error, where the child's last output may still be on its way. The child's own `close`
          // event cannot be used: with this serialization it does not come after disconnect().
          const { stderr } = this.#child;
          if (!stderr || stderr.closed) bury();
          else stderr.once('close', bury);
        })
        .on('error', (error) => {
          if (this.#child.pid === undefined) resolve(this.#bury(error.message));
        });
    });
    const startLimit = setTimeout(
      () =>
        this.#kill(
          new HeedError(
            'timeout',
            `A speech worker did not load ${modelPath} within ${config.maxStartMs} ms (transcribe.maxStartMs).`,
          ),
        ),
      config.maxStartMs,
    );
    const settled = (): void => clearTimeout(startLimit);
    this.ready.then(settled, settled);
    this.#child
      .on('message', (message) => this.#receive(message))
      .on('disconnect', () => {
        if (this.#state !== 'closing') this.#child.kill('SIGKILL');
      });
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => this.#lastWords.add(text));
    const { gpu, integratedGpu } = config;
    this.#tell({ type: 'load', path: modelPath, gpu, integratedGpu, gpuReaders });
    // Its answer shows that the process runs; from then on it must go on answering, also while it loads.
    this.#tell({ type: 'ping' });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isSilent(): boolean {
    return this.#pulse.isSilent;
  }

  openAudio(): NativeAudio {
    return new RemoteAudio(this.#nextId++, (message) => this.#tell(message));
  }

  read(audio: NativeAudio, { graph, ...read }: NativeRead): NativeJob {
    if (this.#state === 'exited')
      return { promise: Promise.reject(lostError('it had ended before')), abort: () => undefined };
    const job = this.#nextId++;
    if (graph) this.#hand(graph);
    this.#tell({ type: 'read', job, audio: (audio as RemoteAudio).id, read, ...(graph ? { graph: graph.id } : {}) });
    const { maxReadMs } = this.#options.config;
    const promise = new Promise<NativeReading>((resolve, reject) => {
      const watchdog = setTimeout(() => {
        this.#lateJob ??= job;
        this.#kill(
          new HeedError(
            'timeout',
            `A reading took longer than ${maxReadMs} ms (transcribe.maxReadMs). ` +
              'Use a smaller model, or raise the limit.',
          ),
        );
      }, maxReadMs);
      const effort = new Effort(samplesToMs(read.endSample), { pace: this.#pace, nowMs: performance.now() });
      this.#pending.set(job, { resolve, reject, watchdog, effort });
    });
    this.#keepAlive();
    return { promise, abort: () => this.#tell({ type: 'abort', job }) };
  }

  async close(): Promise<void> {
    if (this.#state === 'starting')
      this.#kill(new HeedError('closed', 'The speech worker was closed while it started.'));
    if (this.#state === 'ready') {
      this.#state = 'closing';
      this.#keepAlive();
      this.#child.disconnect();
      const grace = setTimeout(() => this.#child.kill('SIGKILL'), closeGraceMs);
      void this.exited.then(() => clearTimeout(grace));
    }
    await this.exited;
  }

  #tell(message: ToWorker): void {
    // If the worker has just ended, the message is lost; the `exit` event then settles whatever waits for a reply.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Sends the worker a graph, unless it has that graph already. */
  #hand(graph: DecoderGraph): void {
    if (!this.#graphs.get(graph.id)) this.#tell({ type: 'graph', graph });
    const forgotten = this.#graphs.set(graph.id, true);
    if (forgotten !== undefined) this.#tell({ type: 'forget', graph: forgotten });
  }

  #receive(raw: unknown): void {
    const parsed = fromWorkerSchema.safeParse(raw);
    if (!parsed.success)
      this.#kill(
        new HeedError('internal', `A speech worker sent a message that is not valid: ${parsed.error.message}`),
      );
    else this.#handle(parsed.data);
  }

  #handle(message: FromWorker): void {
    this.#pulse.heard();
    switch (message.type) {
      case 'pong':
        this.#pulse.watch();
        this.#measure(message.cpuMs);
        break;
      case 'ready':
        if (this.#state !== 'starting') return;
        ({
          readers: this.readers,
          backend: this.backend,
          device: this.device,
          gpuProblem: this.gpuProblem,
          system: this.system,
          multilingual: this.multilingual,
        } = message);
        this.#prove().catch((error: unknown) => this.#kill(engineError(error)));
        break;
      case 'done':
        this.#take(message.job)?.resolve(message.reading);
        break;
      case 'failed': {
        const error = engineError(Object.assign(new Error(message.message), { code: message.code }));
        if (message.job === undefined) this.#kill(error);
        else this.#take(message.job)?.reject(error);
        break;
      }
    }
  }

  /** A worker is ready once it has read a known sound, which also shows how fast it reads. */
  async #prove(): Promise<void> {
    const { inferenceMs } = await readKnownSound(this, this.#options);
    if (this.#state !== 'starting') return;
    this.#pace = { costMs: inferenceMs * this.readers, soundMs: knownSoundMs };
    this.#state = 'ready';
    this.#resolveReady();
    this.#keepAlive();
  }

  /** Ends the process if one of its readings costs so much that it may never end. */
  #measure(cpuMs: number): void {
    const usedMs = this.backend === 'cpu' ? cpuMs - this.#cpuMs : undefined;
    this.#cpuMs = cpuMs;
    for (const { effort } of this.#pending.values()) {
      effort.add(usedMs, performance.now());
      if (effort.isTooMuch) this.#kill(lostError(`a reading did not end within ${Math.round(effort.limitMs)} ms`));
    }
  }

  #take(job: number): Pending | undefined {
    const pending = this.#pending.get(job);
    clearTimeout(pending?.watchdog);
    this.#pending.delete(job);
    this.#keepAlive();
    return pending;
  }

  /** Kills the process. Its readings are then rejected with this error instead of `worker-lost`. */
  #kill(reason: HeedError): void {
    this.#killed ??= reason;
    this.#child.kill('SIGKILL');
  }

  /** The process has ended: rejects everything that waits for it. Returns how the process ended. */
  #bury(how: string): string {
    if (this.#state === 'exited') return how;
    this.#state = 'exited';
    this.#pulse.stop();
    const error = this.#killed ?? lostError([how, this.#lastWords.line].filter((part) => part !== '').join(': '));
    this.#options.onExit(this);
    this.#rejectReady(error);
    // The readings that ran beside the one that took too long are not to blame. `worker-lost` lets them be retried.
    for (const job of [...this.#pending.keys()]) {
      const isToBlame = this.#lateJob === undefined || this.#lateJob === job;
      this.#take(job)!.reject(isToBlame ? error : lostError(error.message));
    }
    return error.message;
  }

  /** Makes sure that an idle worker does not keep the parent process alive. */
  #keepAlive(): void {
    const isNeeded = this.#state === 'starting' || this.#state === 'closing' || this.#pending.size > 0;
    const handles = [this.#child, this.#child.channel, this.#child.stderr as Socket | null];
    for (const handle of handles)
      if (isNeeded) handle?.ref();
      else handle?.unref();
  }
}

function lostError(how: string): HeedError {
  return new HeedError('worker-lost', `A speech worker ended: ${how}`);
}
