import { defaultConfig } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { createAudioDecoder } from './audio-decoder.ts';
import { openByteSource } from './byte-source.ts';
import { decodeCompressed } from './compressed.ts';
import { containerNames, detectBytes, detectContainer } from './container.ts';
import { fileBlocks } from './file-blocks.ts';
import { concatSamples } from './concat-samples.ts';

/** Path of a file, or its bytes. */
export type AudioSource = string | Uint8Array;

export interface DecodeFileOptions {
  /** Largest file that is read, bytes. */
  maxBytes?: number;
  signal?: AbortSignal;
  /** Told how much of the file has been read, 0–1. */
  onRead?: (share: number) => void;
}

/**
 * Reads an audio file of any length into 16 kHz mono samples, block by block: WAV of any common kind, Ogg Opus and
 * Vorbis, FLAC, MP3, AAC, M4A, WebM, AIFF, CAF, AMR, WMA. What it is shows in its bytes; the name does not matter.
 * @throws HeedError `not-found`, `too-large`, `bad-audio`, `aborted`
 * @example
 * for await (const samples of decodeAudioFile('order.m4a')) await session.push(samples);
 */
export async function* decodeAudioFile(
  source: AudioSource,
  options: DecodeFileOptions = {},
): AsyncGenerator<Float32Array> {
  const { maxBytes = defaultConfig.audio.maxUploadBytes, signal, onRead } = options;
  checkAborted(signal);
  const bytes = await openByteSource(source);
  try {
    if (bytes.size > maxBytes) {
      throw new HeedError(
        'too-large',
        `A file of at most ${maxBytes} bytes was expected, ${bytes.size} came. Cut it, or raise audio.maxUploadBytes.`,
      );
    }
    const container = detectContainer(await bytes.read(0, detectBytes));
    if (!container) {
      throw new HeedError(
        'bad-audio',
        `An audio file (${containerNames}) was expected, ` +
          `${bytes.size === 0 ? 'an empty file' : 'something else'} came. Convert it to one of these.`,
      );
    }
    const blocks = countBytes(fileBlocks(bytes, container), (read) => onRead?.(Math.min(1, read / bytes.size)));
    yield* container === 'wav' ? decodeWav(blocks, signal) : decodeCompressed(blocks, { container, signal });
  } finally {
    await bytes.close();
  }
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
