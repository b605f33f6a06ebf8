import { decodeAudioFile, Framer } from '../audio/index.ts';
import type { Config } from '../config/index.ts';
import type { HeedError } from '../errors.ts';
import { msToSamples, samplesToMs, type AudioFrame, type SpeechSegment } from '../types.ts';
import { Segmenter, type SegmenterEvent, type Vad } from '../vad/index.ts';

/** How a file is cut into chunks. */
export interface ChunkOptions {
  config: Config['vad'];
  vad: Vad;
  signal?: AbortSignal;
  /** Called with all samples of the file, in order; no more are read until what it returns has resolved. */
  onSamples?: (samples: Float32Array) => Promise<void>;
  /** Called with how much audio has been cut, ms, and the share of the file that this is, 0–1. */
  onHeard?: (heardMs: number, share: number) => void;
  /** Called when the file is cut or damaged; what came before is still cut into chunks. */
  onEarlyEnd?: (error: HeedError) => void;
}

/**
 * From this length on, a chunk ends at its next pause: a longer window costs more reading time per second than its
 * words gain.
 */
const enoughMs = 12_000;

/** A shorter silence is a stop inside a word, or the breath between two words. */
const pauseMs = 192;

/** How many frames are with the voice activity model at the same time. */
const framesAtOnce = 32;

/**
 * A silence that ends any chunk, because reading it would cost time for nothing. If a shorter silence did, many
 * sentences would stand alone, and those are read worse.
 */
const silenceMs = 2_048;

/**
 * Cuts an audio file into chunks of speech at silences: as long as sentences, at most `vad.maxSegmentMs`. Only the open
 * chunk is held in memory.
 * @throws HeedError `bad-audio`, `not-found`, `aborted`
 */
export async function* speechChunks(
  path: string,
  { config, vad, signal, onSamples, onHeard, onEarlyEnd }: ChunkOptions,
): AsyncGenerator<SpeechSegment> {
  const framer = new Framer();
  const segmenter = new Segmenter({ ...config, readEarlyAfterMs: pauseMs, redemptionMs: silenceMs });
  const stream = (await vad.openFileStream?.()) ?? vad.openStream();
  let startSample = 0;
  let share = 0;
  const chunksOf = (events: SegmenterEvent[]): SpeechSegment[] =>
    events.flatMap((event) => {
      if (event.type === 'start') startSample = event.startSample;
      if (event.type === 'pause' && event.endSample - startSample >= msToSamples(enoughMs))
        return chunksOf(segmenter.complete());
      return event.type === 'segment' ? [event.segment] : [];
    });
  async function* segmentsOf(frames: AudioFrame[]): AsyncGenerator<SpeechSegment> {
    for (let first = 0; first < frames.length; first += framesAtOnce) {
      const group = frames.slice(first, first + framesAtOnce);
      const probabilities = await Promise.all(group.map((frame) => stream.probability(frame)));
      for (const [index, frame] of group.entries()) yield* chunksOf(segmenter.push(frame, probabilities[index]!));
      const last = group.at(-1)!;
      onHeard?.(samplesToMs(last.startSample + last.samples.length), share);
    }
  }
  try {
    const decode = {
      maxBytes: Infinity,
      onRead: (read: number) => {
        share = read;
      },
      ...(signal ? { signal } : {}),
      ...(onEarlyEnd ? { onEarlyEnd } : {}),
    };
    for await (const samples of decodeAudioFile(path, decode)) {
      // It goes on while the voice activity model looks at the same samples.
      const taken = onSamples?.(samples);
      taken?.catch(() => {
        /* Awaited below. */
      });
      yield* segmentsOf(framer.push(samples));
      await taken;
    }
    const rest = framer.flush();
    if (rest) yield* segmentsOf([rest]);
    yield* chunksOf(segmenter.flush());
  } finally {
    stream.close();
  }
}
