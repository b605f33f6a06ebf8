import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/index.ts';
import { asHeedError, HeedError } from '../errors.ts';
import { hasEvidence } from '../match/evidence.ts';
import type { Ears } from '../session/index.ts';
import { samplesToMs, type SpeechSegment, type Transcript, type Word } from '../types.ts';
import { speechChunks } from './chunks.ts';
import { toSentences } from './sentences.ts';

/** One sentence of a file, or a part of a long one; times in ms since the file's start. */
export interface FileSegment {
  startMs: number;
  endMs: number;
  text: string;
  words: Word[];
  /** Who said it, where the voices are told apart. */
  speaker?: string;
  language: string;
  /**
   * These three describe the chunk that the sentence was read in: its mean token probability and no-speech probability,
   * 0–1, and the mean natural logarithm of its token probabilities.
   */
  confidence: number;
  noSpeechProbability: number;
  meanLogProbability: number;
}

/**
 * How far a file has been cut into chunks and how far it has been read, ms of audio. `share` is the share that has been
 * cut, 0–1.
 */
export interface FileProgress {
  heardMs: number;
  doneMs: number;
  share: number;
}

/** Remembers what was read of each chunk, so that an interrupted run can go on. */
export interface ChunkMemory {
  recall(chunk: SpeechSegment): Transcript | undefined;
  keep(chunk: SpeechSegment, transcript: Transcript): Promise<void>;
}

/** How a file is transcribed. */
export interface FileOptions {
  config: Config;
  ears: Ears;
  /** An ISO 639-1 code, or "auto" for the language of the first speech. Default: the option `language`. */
  language?: string;
  task?: 'transcribe' | 'translate';
  /** How many chunks may be read or waiting at the same time. Default: twice the number of workers. */
  sideBySide?: number;
  /** Words to make more likely than usual. */
  boost?: string[];
  memory?: ChunkMemory;
  signal?: AbortSignal;
  /** Called with all samples of the file, in order; no more are read until what it returns has resolved. */
  onSamples?: (samples: Float32Array) => Promise<void>;
  onProgress?: (progress: FileProgress) => void;
  /**
   * Called when the file is cut or damaged; the error says how much could be read, and that is transcribed. Without it,
   * a damaged file is refused, and a cut one is taken as it is.
   */
  onEarlyEnd?: (error: HeedError) => void;
}

/**
 * How long a chunk may wait for a worker, ms. It is long, so that the final readings of people who speak now go first.
 */
const maxWaitMs = 10 * 60_000;

/** The natural logarithm of a token probability, as in whisper's `logprob_threshold`. */
const leastMeanLogProbability = -1;

/** How long a chunk that found the queue full waits before it tries again, ms. */
const retryMs = { first: 200, most: 5_000 };

/**
 * Transcribes an audio file of any length with bounded memory: speech is cut at silences into chunks, the chunks are
 * read side by side on all workers, and their sentences are yielded in order.
 * @throws HeedError `bad-audio`, `not-found`, `aborted`, and whatever a reading rejects with
 */
export async function* transcribeFile(path: string, options: FileOptions): AsyncGenerator<FileSegment> {
  const { ears, sideBySide = Math.max(2, 2 * ears.transcriber.load().capacity), onProgress } = options;
  const ended = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
  const progress: FileProgress = { heardMs: 0, doneMs: 0, share: 0 };
  const report = (change: Partial<FileProgress>): void => onProgress?.({ ...Object.assign(progress, change) });
  const reading: Promise<{ chunk: SpeechSegment; transcript: Transcript }>[] = [];
  const sessionId = `file-${randomUUID()}`;
  let language = options.language ?? options.config.language;
  const nextSegments = async (): Promise<FileSegment[]> => {
    const { chunk, transcript } = await reading.shift()!;
    report({ doneMs: samplesToMs(chunk.endSample) });
    if (!isSpoken(transcript, options.config.match)) return [];
    if (language === 'auto') language = transcript.language;
    return toSegments(chunk, transcript);
  };
  try {
    const cut = {
      config: options.config.vad,
      vad: ears.vad,
      signal,
      onHeard: (heardMs: number, share: number) => report({ heardMs, share }),
      ...(options.onSamples ? { onSamples: options.onSamples } : {}),
      ...(options.onEarlyEnd ? { onEarlyEnd: options.onEarlyEnd } : {}),
    };
    for await (const chunk of speechChunks(path, cut)) {
      const transcript = readChunk(chunk, { ...options, sessionId, language, signal });
      transcript.catch(() => {
        /* Awaited below, in order. */
      });
      reading.push(transcript.then((found) => ({ chunk, transcript: found })));
      reading.at(-1)!.catch(() => {
        /* The same. */
      });
      while (reading.length >= (language === 'auto' ? 1 : sideBySide)) yield* await nextSegments();
    }
    while (reading.length > 0) yield* await nextSegments();
    report({ doneMs: progress.heardMs, share: 1 });
  } finally {
    ended.abort();
    await Promise.allSettled(reading);
  }
}

/**
 * Follows whisper's own rule: a high no-speech probability counts only when the words are improbable too. The voice
 * activity model found speech, and a missing sentence does more harm to a transcript than to a list of commands.
 */
function isSpoken(transcript: Transcript, config: Config['match']): boolean {
  return hasEvidence(
    transcript,
    meanLogProbabilityOf(transcript) > leastMeanLogProbability ? { ...config, maxNoSpeech: 1 } : config,
  );
}

function meanLogProbabilityOf({ logProbability, tokens }: Transcript): number {
  return logProbability / Math.max(1, tokens);
}

function toSegments(chunk: SpeechSegment, transcript: Transcript): FileSegment[] {
  const { text, language, confidence, noSpeechProbability } = transcript;
  const common = { language, confidence, noSpeechProbability, meanLogProbability: meanLogProbabilityOf(transcript) };
  const offsetMs = samplesToMs(chunk.startSample);
  if (transcript.words.length === 0)
    return [{ startMs: offsetMs, endMs: samplesToMs(chunk.endSample), text, words: [], ...common }];
  const words = transcript.words.map((word) => ({
    ...word,
    startMs: offsetMs + word.startMs,
    endMs: offsetMs + word.endMs,
  }));
  return toSentences(text, words).map((sentence) => ({
    startMs: sentence.words[0]!.startMs,
    endMs: sentence.words.at(-1)!.endMs,
    ...sentence,
    ...common,
  }));
}

type ReadingOptions = FileOptions & { sessionId: string; language: string; signal: AbortSignal };

async function readChunk(chunk: SpeechSegment, options: ReadingOptions): Promise<Transcript> {
  const known = options.memory?.recall(chunk);
  if (known) return known;
  const transcript = await readPatiently(chunk, options);
  await options.memory?.keep(chunk, transcript);
  return transcript;
}

/** Tries again while the queue is full: a queue full of what people say now is no reason to give up on a file. */
async function readPatiently(chunk: SpeechSegment, options: ReadingOptions): Promise<Transcript> {
  const untilMs = performance.now() + maxWaitMs;
  for (let waitMs = retryMs.first; ; waitMs = Math.min(retryMs.most, 2 * waitMs)) {
    try {
      return await readOnce(chunk, options);
    } catch (error) {
      if (asHeedError(error).code !== 'busy' || performance.now() > untilMs) throw error;
      await sleep(waitMs, undefined, { signal: options.signal }).catch((cause: unknown) => {
        throw new HeedError('aborted', 'The transcription was cancelled.', { cause });
      });
    }
  }
}

async function readOnce(
  chunk: SpeechSegment,
  { ears, sessionId, language, task, boost, signal }: ReadingOptions,
): Promise<Transcript> {
  const audio = ears.transcriber.open(sessionId);
  try {
    audio.append(chunk.samples);
    return await audio.read({
      segmentId: chunk.id,
      priority: 'final',
      maxWaitMs,
      language,
      translate: task === 'translate',
      words: true,
      signal,
      ...(boost ? { boost } : {}),
    });
  } finally {
    audio.close();
  }
}
