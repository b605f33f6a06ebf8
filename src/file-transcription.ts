import { randomUUID } from 'node:crypto';
import { decodeAudioFile, Framer } from './audio/index.ts';
import type { Config } from './config.ts';
import { hasEvidence } from './match/evidence.ts';
import type { Ears } from './pipeline.ts';
import { samplesToMs, type SpeechSegment, type Transcript } from './types.ts';
import { Segmenter } from './vad/index.ts';

/** One stretch of speech in a file; times in ms since the file's start. */
export interface FileSegment {
  startMs: number;
  endMs: number;
  transcript: Transcript;
}

/** Time a piece of a file may wait for a worker, ms: long, so that the finals of people who speak now go first. */
const maxWaitMs = 10 * 60_000;

/** How a file is transcribed. */
export interface FileOptions {
  config: Config;
  ears: Ears;
  language?: string;
  translate?: boolean;
  words?: boolean;
  signal?: AbortSignal;
  /** Told how much audio has been read, ms. */
  onProgress?: (heardMs: number) => void;
}

/**
 * Transcribes an audio file of any length at bounded memory: speech is cut at silence, the pieces are read side by side
 * on all workers, and answered in order.
 * @throws HeedError `bad-audio`, `not-found`, `aborted`, and what a reading rejects with
 */
export async function* transcribeFile(path: string, options: FileOptions): AsyncGenerator<FileSegment> {
  const { ears, signal } = options;
  const maxInFlight = Math.max(2, ears.transcriber.load().capacity * 2);
  const inFlight: Promise<FileSegment>[] = [];
  try {
    for await (const segment of speechSegments(path, options)) {
      signal?.throwIfAborted();
      const reading = readSegment(segment, options);
      reading.catch(() => { /* Awaited below in order; a failure there ends the file. */ });
      inFlight.push(reading);
      if (inFlight.length >= maxInFlight) yield* spoken(await inFlight.shift()!, options);
    }
    while (inFlight.length > 0) yield* spoken(await inFlight.shift()!, options);
  } finally {
    await Promise.allSettled(inFlight);
  }
}

function* spoken(segment: FileSegment, { config }: FileOptions): Generator<FileSegment> {
  if (hasEvidence(segment.transcript, config.match)) yield segment;
}

async function* speechSegments(path: string, { config, ears, signal, onProgress }: FileOptions): AsyncGenerator<SpeechSegment> {
  const framer = new Framer();
  const segmenter = new Segmenter(config.vad);
  const stream = ears.vad.openStream();
  try {
    for await (const samples of decodeAudioFile(path, signal ? { signal } : {})) {
      for (const frame of framer.push(samples)) {
        for (const event of segmenter.push(frame, await stream.probability(frame))) if (event.type === 'segment') yield event.segment;
        onProgress?.(samplesToMs(frame.startSample));
      }
    }
    const rest = framer.flush();
    const events = rest ? segmenter.push(rest, await stream.probability(rest)) : [];
    for (const event of [...events, ...segmenter.flush()]) if (event.type === 'segment') yield event.segment;
  } finally {
    stream.close();
  }
}

async function readSegment(segment: SpeechSegment, { ears, config, language, translate, words, signal }: FileOptions): Promise<FileSegment> {
  const audio = ears.transcriber.open(`file-${randomUUID()}`);
  try {
    audio.append(segment.samples);
    const transcript = await audio.read({
      segmentId: segment.id, priority: 'final', maxWaitMs, language: language ?? config.language, words: words ?? false,
      ...(translate === undefined ? {} : { translate }), ...(signal ? { signal } : {}),
    });
    return { startMs: samplesToMs(segment.startSample), endMs: samplesToMs(segment.endSample), transcript };
  } finally {
    audio.close();
  }
}
