import { fork, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { childEnvironment } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import type { ChildModule } from '../platform/child-module.ts';
import { fromModelSchema, type ToModel } from './model-messages.ts';
import type { SentenceModel } from './sentence-model.ts';

/** How the process is started. */
export interface ModelProcessOptions {
  module: ChildModule;
  /** The address of node-llama-cpp. */
  library: string;
  /** The GGUF file. */
  path: string;
}

/** The longest time that loading may take, and that some sentences may take, ms. */
const [maxStartMs, maxJobMs] = [120_000, 30_000];

/** How much of the process's standard error is kept, in characters, to say why it ended. */
const maxLastWords = 2_000;

interface Pending {
  resolve: (vectors: readonly Float32Array[]) => void;
  reject: (error: HeedError) => void;
  watchdog: NodeJS.Timeout;
}

/**
 * A sentence model in a process of its own: a crash of native code ends nothing else, and llama.cpp's copy of ggml
 * never meets whisper.cpp's. It keeps the parent process alive only while it works.
 */
export class ModelProcess implements SentenceModel {
  /** Rejects with `bad-model` when the model cannot be loaded, with `worker-lost` when the process ends before. */
  readonly ready: Promise<void>;
  /** Resolves when the process has ended. */
  readonly exited: Promise<void>;
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  #settle!: { resolve: () => void; reject: (error: HeedError) => void };
  #nextJob = 0;
  #lastWords = '';
  #isClosing = false;
  #ended: HeedError | undefined;

  constructor({ module, library, path }: ModelProcessOptions) {
    this.#child = fork(module.path, {
      execArgv: module.execArgv,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: childEnvironment({ GGML_NO_BACKTRACE: '1' }),
    });
    this.ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.ready.catch(() => undefined); // whoever waits for it is told
    this.exited = new Promise((resolve) => {
      const end = (how: string): void => {
        this.#end(
          new HeedError('worker-lost', `The sentence model ended: ${[how, this.#lastWords.trim()].join(' ').trim()}`),
        );
        resolve();
      };
      this.#child
        .once('exit', (code, signal) => end(signal ?? `exit code ${code}`))
        .on('error', ({ message }) => end(message));
    });
    const late = setTimeout(
      () => this.#end(new HeedError('timeout', `The sentence model ${path} was not loaded within ${maxStartMs} ms.`)),
      maxStartMs,
    );
    const stopWaiting = (): void => clearTimeout(late);
    this.ready.then(stopWaiting, stopWaiting);
    this.#child.on('message', (message) => this.#receive(message));
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-maxLastWords);
    });
    this.#tell({ type: 'load', library, path });
    const loaded = (): void => this.#keepAlive();
    this.ready.then(loaded, loaded);
  }

  embed(sentences: readonly string[]): Promise<readonly Float32Array[]> {
    if (this.#ended) return Promise.reject(this.#ended);
    const job = this.#nextJob++;
    const promise = new Promise<readonly Float32Array[]>((resolve, reject) => {
      const late = new HeedError('timeout', `The sentence model took longer than ${maxJobMs} ms.`);
      this.#pending.set(job, { resolve, reject, watchdog: setTimeout(() => this.#end(late), maxJobMs) });
    });
    this.#keepAlive();
    this.#tell({ type: 'embed', job, sentences: [...sentences] });
    return promise;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#end(new HeedError('closed', 'The sentence model was closed.'));
    this.#keepAlive();
    await this.exited;
  }

  #tell(message: ToModel): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #receive(raw: unknown): void {
    const { data: message, error } = fromModelSchema.safeParse(raw);
    if (!message) this.#end(new HeedError('internal', `The sentence model sent what is no message: ${error.message}`));
    else if (message.type === 'ready') this.#settle.resolve();
    else if (message.type === 'done') this.#take(message.job)?.resolve(message.vectors);
    else {
      const failure = new HeedError('bad-model', `The sentence model failed: ${message.message}`);
      if (message.job === undefined) this.#end(failure);
      else this.#take(message.job)?.reject(failure);
    }
  }

  #take(job: number): Pending | undefined {
    const pending = this.#pending.get(job);
    clearTimeout(pending?.watchdog);
    this.#pending.delete(job);
    this.#keepAlive();
    return pending;
  }

  /** Ends the process, if it has not ended, and rejects what waits for it. */
  #end(reason: HeedError): void {
    this.#ended ??= reason;
    this.#child.kill('SIGKILL');
    this.#settle.reject(this.#ended);
    for (const job of [...this.#pending.keys()]) this.#take(job)!.reject(this.#ended);
  }

  #keepAlive(): void {
    for (const handle of [this.#child, this.#child.channel, this.#child.stderr as Socket | null])
      if (this.#pending.size > 0 || this.#isClosing) handle?.ref();
      else handle?.unref();
  }
}
