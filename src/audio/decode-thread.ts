import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { childModule } from '../platform/child-module.ts';
import { HeedError } from '../errors.ts';
import type { DecodeReply, DecodeRequest } from './decode-worker.ts';

type DecodedPart = Extract<DecodeReply, { samples: Float32Array }>;

/** A worker thread that decodes one file at a time. */
export class DecodeThread {
  private readonly worker: Worker;

  private constructor() {
    const { path, execArgv } = childModule('./decode-worker', import.meta.url);
    this.worker = new Worker(path, { execArgv });
    // A failure between two requests rejects the next request.
    this.worker.on('error', () => undefined);
  }

  /** Returns the idle thread if there is one, otherwise a new one. */
  static take(): DecodeThread {
    const thread = idle ?? new DecodeThread();
    idle = undefined;
    thread.worker.ref();
    return thread;
  }

  /**
   * Returns the samples that a request completed, and whether its block holds more.
   * @throws HeedError `bad-audio`; an AbortError
   */
  async ask(request: DecodeRequest, signal?: AbortSignal): Promise<DecodedPart> {
    const abort = new AbortController();
    const options = { signal: signal ? AbortSignal.any([signal, abort.signal]) : abort.signal };
    const lost = once(this.worker, 'exit', options).then(() => {
      throw new HeedError('internal', 'The decoder thread ended during its work.');
    });
    const answered = once(this.worker, 'message', options) as Promise<[DecodeReply]>;
    this.worker.postMessage(request);
    try {
      const [reply] = await Promise.race([answered, lost]);
      if ('samples' in reply) return reply;
      throw new HeedError('bad-audio', reply.error);
    } finally {
      abort.abort();
      await Promise.allSettled([answered, lost]);
    }
  }

  /**
   * Keeps the thread for the next file, because starting one takes longer than decoding a short file, or ends it. An
   * idle thread does not keep the process alive.
   */
  async release(isReusable: boolean): Promise<void> {
    if (isReusable && keepIdle(this)) this.worker.unref();
    else await this.worker.terminate();
  }
}

let idle: DecodeThread | undefined;

function keepIdle(thread: DecodeThread): boolean {
  if (idle) return false;
  idle = thread;
  return true;
}
