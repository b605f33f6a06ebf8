import { defaultConfig } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { samplesToMs } from '../types.ts';
import { createAudioDecoder } from './audio-decoder.ts';
import { openByteSource } from './byte-source.ts';
import { decodeCompressed } from './compressed.ts';
import { containerNames, detectBytes, detectContainer } from './container.ts';
import { fileBlocks } from './file-blocks.ts';
import { concatSamples } from './concat-samples.ts';
import { declaredLength } from './declared-length.ts';

/** The path of a file, or its bytes. */
export type AudioSource = string | Uint8Array;

export interface DecodeFileOptions {
  /** The largest file that is read, bytes. */
  maxBytes?: number;
  signal?: AbortSignal;
  /** Called with the share of the file that has been read, 0–1. */
  onRead?: (share: number) => void;
  /**
   * Called after the last samples when the file was cut or is damaged from some place on; the error (`bad-audio`) says
   * how much could be read. Without it, a file whose rest cannot be decoded is refused, and a cut one is taken as it
   * is.
   */
  onEarlyEnd?: (error: HeedError) => void;
}

/**
 * Reads an audio file of any length into 16 kHz mono samples, block by block: WAV of any common kind, Ogg Opus and
 * Vorbis, FLAC, MP3, AAC, M4A, WebM, AIFF, CAF, AMR, WMA. The format is recognised by its bytes; the name does not
 * matter.
 * @throws HeedError `not-found`, `too-large`, `bad-audio`, `aborted`
 * @example
 * for await (const samples of decodeAudioFile('order.m4a')) await session.push(samples);
 */
export async function* decodeAudioFile(
  source: AudioSource,
  options: DecodeFileOptions = {},
): AsyncGenerator<Float32Array> {
  const { maxBytes = defaultConfig.audio.maxUploadBytes, signal, onRead, onEarlyEnd } = options;
  checkAborted(signal);
  const bytes = await openByteSource(source);
  try {
    if (bytes.size > maxBytes) {
      throw new HeedError(
        'too-large',
        `A file of at most ${maxBytes} bytes was expected, but ${bytes.size} came. ` +
          'Cut it, or raise audio.maxUploadBytes.',
      );
    }
    const container = detectContainer(await bytes.read(0, detectBytes));
    if (!container) {
      throw new HeedError(
        'bad-audio',
        `An audio file (${containerNames}) was expected, but ` +
          `${bytes.size === 0 ? 'an empty file' : 'something else'} came. Convert it to one of these.`,
      );
    }
    const blocks = countBytes(fileBlocks(bytes, container), (read) => onRead?.(Math.min(1, read / bytes.size)));
    let heardMs = 0;
    let damage: HeedError | undefined;
    try {
      const decoded = container === 'wav' ? decodeWav(blocks, signal) : decodeCompressed(blocks, { container, signal });
      for await (const samples of decoded) {
        heardMs += samplesToMs(samples.length);
        yield samples;
      }
    } catch (error) {
      if (!onEarlyEnd || heardMs === 0 || !(error instanceof HeedError && error.code === 'bad-audio')) throw error;
      damage = error;
    }
    if (!onEarlyEnd) return;
    const { isCut, isExact, durationMs } = await declaredLength(bytes, container);
    const isShort = isExact === true && durationMs! - heardMs > toleratedMs;
    if (damage || isCut || isShort) onEarlyEnd(endsEarly(heardMs, durationMs, damage));
  } finally {
    await bytes.close();
  }
}

/** Encoders pad the sound, and decoders drop the padding. */
const toleratedMs = 250;

function endsEarly(heardMs: number, durationMs: number | undefined, cause: unknown): HeedError {
  const whole = durationMs !== undefined && durationMs > heardMs ? ` of ${seconds(durationMs)} s` : '';
  return new HeedError(
    'bad-audio',
    `The file ends early: only ${seconds(heardMs)} s${whole} could be read, and what came after is missing. ` +
      'It may be damaged or cut; get it again, or go on with what was read.',
    { cause },
  );
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

/** Reads a short file into one array; see `decodeAudioFile`. */
export async function decodeWholeFile(source: AudioSource, options: DecodeFileOptions = {}): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for await (const samples of decodeAudioFile(source, options)) parts.push(samples);
  return concatSamples(parts);
}

async function* countBytes(
  blocks: AsyncIterable<Uint8Array>,
  onCount: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const block of blocks) {
    yield block;
    count += block.length;
    onCount(count);
  }
}

async function* decodeWav(
  blocks: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Float32Array> {
  const decoder = createAudioDecoder({ encoding: 'wav' });
  for await (const block of blocks) {
    checkAborted(signal);
    const samples = decoder.push(block);
    if (samples.length > 0) yield samples;
  }
  const last = decoder.end();
  if (last.length > 0) yield last;
}

function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new HeedError('aborted', 'Reading the audio file was cancelled.', { cause: signal.reason });
}
