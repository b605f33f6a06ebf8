import { fork, type ChildProcess } from 'node:child_process';
import { childEnvironment } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import type { ChildModule } from '../platform/child-module.ts';
import { HandlerStopped, loadingTooLong, type LateError } from '../registry/index.ts';
import { fromHostSchema, type HostRequest, type ImportReply, type ToHost } from './messages.ts';
import { RemoteRuns } from './remote-runs.ts';
import { decodeError, encodeError } from './wire-error.ts';

/** An error that nobody caught, with the address of the file that began what failed, if it was the file itself. */
export type LateInHost = Omit<LateError, 'url'> & Partial<Pick<LateError, 'url'>>;

/** How a host is started. */
export interface HostProcessOptions {
  module: ChildModule;
  /** How much memory its objects may take, MB. */
  memoryMb: number;
  /** Takes an error that belongs to no run that is known. */
  onError: (late: LateInHost) => void;
  /** The process takes more memory than it may, in MB. */
  onFull: (megabytes: number) => void;
  /** Called when the process has ended, before its requests are rejected. */
  onExit: (host: HostProcess) => void;
}

type Request = HostRequest extends infer R ? (R extends HostRequest ? Omit<R, 'id'> : never) : never;

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** Time that an import may take longer than its own limit, before the host is ended, ms. */
const importGraceMs = 500;

/** Time that a host has to end by itself after close(), ms. */
const closeGraceMs = 1_000;

/** A process that imports command files and runs their handlers. An idle one does not keep the gateway alive. */
export class HostProcess {
  /** Rejects if the process ends before it is ready. */
  readonly ready: Promise<void>;
  /** Resolves when the process has ended, with the way in which it ended. */
  readonly exited: Promise<string>;
  /** The runs of its handlers. */
  readonly runs: RemoteRuns;
  readonly #options: HostProcessOptions;
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  readonly #imports = new Map<string, Promise<ImportReply>>();
  #resolveReady!: () => void;
  #rejectReady!: (error: Error) => void;
  #state: 'starting' | 'ready' | 'exited' = 'starting';
  #nextId = 0;
  #killed: HeedError | undefined;

  constructor(options: HostProcessOptions) {
    this.#options = options;
    this.runs = new RemoteRuns((message) => this.tell(message));
    const { module, memoryMb } = options;
    this.#child = fork(module.path, [String(memoryMb)], {
      execArgv: [...module.execArgv, `--max-old-space-size=${memoryMb}`],
      serialization: 'advanced',
      // Standard output belongs to the gateway, which may write JSON there.
      stdio: ['ignore', 2, 2, 'ipc'],
      env: childEnvironment({}),
    });
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    this.ready.catch(() => undefined);
    this.exited = new Promise((resolve) => {
      this.#child
        .once('exit', (code, signal) => resolve(this.#bury(signal ?? `exit code ${code}`)))
        .on('error', (error) => {
          if (this.#child.pid === undefined) resolve(this.#bury(error.message));
        });
    });
    this.#child.on('message', (message) => this.#receive(message)).on('disconnect', () => this.#child.kill('SIGKILL'));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get hasEnded(): boolean {
    return this.#state === 'exited';
  }

  /**
   * Sends a request; `id` is its number. `replied` resolves with the reply, and rejects with the error that came
   * instead, or with `worker-lost`, a `HandlerStopped`, when the process ends. When the signal is aborted, tells the
   * host and rejects with the reason.
   */
  ask(request: Request, signal?: AbortSignal): { id: number; replied: Promise<unknown> } {
    const id = this.#nextId++;
    if (this.#state === 'exited') return { id, replied: Promise.reject(lost('it had ended before')) };
    const abort = (): void => {
      this.tell({ type: 'abort', id, reason: encodeError(signal!.reason) });
      this.#take(id)?.reject(signal!.reason as Error);
    };
    signal?.addEventListener('abort', abort, { once: true });
    const replied = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
    this.tell({ ...request, id });
    this.#keepAlive();
    return { id, replied: replied.finally(() => signal?.removeEventListener('abort', abort)) };
  }

  /** Waits no longer for a run that could not begin in time. */
  forgo(id: number): void {
    this.runs.drop(id);
    this.#take(id);
  }

  /**
   * Imports a file, unless it has done that before, and resolves with its definition. A file that blocks the process
   * for longer than a time, ms, ends it.
   */
  import(url: string, timeoutMs: number): Promise<ImportReply> {
    const before = this.#imports.get(url);
    if (before) return before;
    const tooLong = new HeedError('timeout', loadingTooLong(timeoutMs));
    const limit = setTimeout(() => this.#kill(tooLong), timeoutMs + importGraceMs);
    const { replied } = this.ask({ type: 'import', url, timeoutMs });
    const imported = replied.finally(() => clearTimeout(limit)) as Promise<ImportReply>;
    this.#imports.set(url, imported);
    // A file that failed is tried again the next time.
    imported.catch(() => this.#imports.delete(url));
    return imported;
  }

  /** Forgets a file that is no longer in use. */
  forget(url: string): void {
    if (this.#imports.delete(url)) this.tell({ type: 'forget', url });
  }

  tell(message: ToHost): void {
    // If the host has just ended, the message is lost; the `exit` event then settles whatever waits for a reply.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Resolves to whether the host answers within a time, ms: one whose handler computes does not. */
  async answers(withinMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), withinMs);
    });
    const answered = this.ask({ type: 'ping' }).replied.then(
      () => true,
      () => false,
    );
    try {
      return await Promise.race([answered, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process at once. What waits for it is rejected with `worker-lost` and this reason. */
  kill(reason: string): void {
    this.#kill(lost(reason));
  }

  /** Lets the process end. */
  async close(): Promise<void> {
    if (this.#state === 'exited') return;
    this.#killed ??= lost('heed is closing');
    this.#child.ref();
    if (this.#child.connected) this.#child.disconnect();
    const grace = setTimeout(() => this.#child.kill('SIGKILL'), closeGraceMs);
    await this.exited;
    clearTimeout(grace);
  }

  #receive(raw: unknown): void {
    const parsed = fromHostSchema.safeParse(raw);
    if (!parsed.success) {
      this.kill(`it sent a message that is not valid: ${parsed.error.message}`);
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'ready':
        if (this.#state === 'starting') this.#state = 'ready';
        this.#resolveReady();
        this.#keepAlive();
        break;
      case 'reply':
        this.#take(message.id)?.resolve(message.value);
        break;
      case 'error':
        this.#take(message.id)?.reject(decodeError(message.error));
        break;
      case 'full':
        this.#options.onFull(message.megabytes);
        break;
      case 'late': {
        const { run, times, url } = message;
        const error = decodeError(message.error);
        if (!this.runs.fail(run, error)) this.#options.onError({ error, times, ...(url === undefined ? {} : { url }) });
        break;
      }
      default:
        this.runs.act(message);
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#keepAlive();
    return pending;
  }

  #bury(how: string): string {
    if (this.#state === 'exited') return how;
    this.#state = 'exited';
    const error =
      this.#killed ?? lost(how === 'SIGABRT' ? 'it ran out of memory (commands.memoryMb), or crashed' : how);
    this.#options.onExit(this);
    this.#rejectReady(error);
    for (const id of [...this.#pending.keys()]) this.#take(id)!.reject(error);
    return error.message;
  }

  #kill(error: HeedError): void {
    this.#killed ??= error;
    this.#child.kill('SIGKILL');
  }

  /** Makes sure that an idle host does not keep the gateway alive. */
  #keepAlive(): void {
    const isNeeded = this.#state === 'starting' || this.#pending.size > 0;
    for (const handle of [this.#child, this.#child.channel])
      if (isNeeded) handle?.ref();
      else handle?.unref();
  }
}

function lost(end: string): HandlerStopped {
  return new HandlerStopped('worker-lost', `The process that runs the commands has ended: ${end}.`);
}
