import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { createAudioDecoder } from '../audio/index.ts';
import { HeedError } from '../errors.ts';
import { sampleRateHz } from '../types.ts';
import { installAdvice, recorderNamed, recorders } from './recorder-programs.ts';

/** A recording that has begun. */
export interface Recording {
  program: string;
  /** 16 kHz mono. Ends when the recorder ends. @throws HeedError `bad-audio` with its own words when it failed */
  samples: AsyncIterable<Float32Array>;
  /** What the recorder has said on its standard error so far, in one line. */
  words: () => string;
  /** Ends the recorder. Idempotent. */
  stop: () => void;
}

/** What to record with. Without a recorder, the first one that is installed and works is taken. */
export interface RecordOptions {
  /** The name of a recorder, or a whole command that writes 16 kHz mono samples of 16 bits to its output. */
  recorder?: string;
  device?: string;
}

/**
 * Starts recording; the signal ends the recorder.
 * @throws HeedError `missing-tool` without a recorder, `bad-audio` with the words of those that failed, `aborted`
 */
export async function record({ recorder, device }: RecordOptions, signal: AbortSignal): Promise<Recording> {
  const candidates = recorder === undefined ? recorders : [recorderNamed(recorder)];
  const failures: string[] = [];
  for (const { program, args } of candidates) {
    const begun = await begin(program, args(device), signal);
    if (begun === 'missing') continue;
    if (!('failure' in begun)) return begun;
    failures.push(begun.failure);
  }
  if (failures.length > 0) throw new HeedError('bad-audio', `The microphone cannot be recorded. ${failures.join(' ')}`);
  throw new HeedError(
    'missing-tool',
    recorder === undefined
      ? `No recorder is installed (${recorders.map(({ program }) => program).join(', ')}). ` +
          `Install one: ${installAdvice}.`
      : `The recorder "${candidates[0]!.program}" is not installed. Install it, or leave --recorder out.`,
  );
}

function abortedError(): HeedError {
  return new HeedError('aborted', 'The recording was interrupted.');
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** The most that is kept of what a recorder says, as letters. */
const maxWords = 1_000;

/** Starts a recorder and waits for its first sound. */
async function begin(
  program: string,
  args: string[],
  signal: AbortSignal,
): Promise<Recording | { failure: string } | 'missing'> {
  if (signal.aborted) throw abortedError();
  const child: Child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    child.kill();
  };
  // A recorder that is asked to write once more after this process was killed is ended by its closed pipe.
  process.once('exit', stop);
  signal.addEventListener('abort', stop, { once: true });
  let words = '';
  const said = (): string => words.trim().replaceAll(/\s*\n\s*/g, ' | ');
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-maxWords);
  });
  const closed = once(child, 'close')
    .then(
      ([code]) => code as number | null,
      (error: NodeJS.ErrnoException) => error,
    )
    .finally(() => process.removeListener('exit', stop));
  const failure = async (): Promise<string | undefined> => {
    const ending = await closed;
    if (ending === 0 || isStopped) return undefined;
    const how =
      ending instanceof Error
        ? ending.message
        : ending === null
          ? 'was ended by a signal'
          : `ended with code ${ending}`;
    return `${program} ${how}${said() === '' ? ', and said nothing.' : `: ${said()}`}`;
  };
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  // A stream that breaks off has ended; how the recorder ended tells why.
  const next = (): Promise<IteratorResult<Buffer, undefined>> =>
    chunks.next().catch(() => ({ done: true, value: undefined }));
  const first = await next();
  if (first.done && signal.aborted) throw abortedError();
  if (first.done) {
    const ending = await closed;
    if (ending instanceof Error && ending.code === 'ENOENT') return 'missing';
    return { failure: (await failure()) ?? `${program} ended without any sound.` };
  }
  return { program, samples: decode(first.value, next, failure), words: said, stop };
}

async function* decode(
  first: Buffer,
  next: () => Promise<IteratorResult<Buffer, undefined>>,
  failure: () => Promise<string | undefined>,
): AsyncGenerator<Float32Array> {
  const decoder = createAudioDecoder({ encoding: 'pcm_s16le', sampleRate: sampleRateHz, channels: 1 });
  for (let chunk: IteratorResult<Buffer, undefined> = { value: first }; !chunk.done; chunk = await next()) {
    const samples = decoder.push(chunk.value);
    if (samples.length > 0) yield samples;
  }
  const last = decoder.end();
  if (last.length > 0) yield last;
  const reason = await failure();
  if (reason !== undefined) throw new HeedError('bad-audio', `The recording broke off: ${reason}`);
}
