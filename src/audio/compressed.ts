import { HeedError } from '../errors.ts';
import type { Container } from './container.ts';
import { DecodeThread } from './decode-thread.ts';

/** Decodes a compressed file block by block in a worker thread. */
export async function* decodeCompressed(
  blocks: AsyncIterable<Uint8Array>,
  { container, signal }: { container: Exclude<Container, 'wav'>; signal?: AbortSignal | undefined },
): AsyncGenerator<Float32Array> {
  const thread = DecodeThread.take();
  let heard = 0;
  let isDone = false;
  try {
    await thread.ask({ container }, signal);
    for await (const bytes of blocks) {
      for (let part = await thread.ask({ bytes }, signal); ; part = await thread.ask({ more: true }, signal)) {
        heard += part.samples.length;
        if (part.samples.length > 0) yield part.samples;
        if (!part.isMore) break;
      }
    }
    const { samples: last } = await thread.ask({ end: true }, signal);
    isDone = true;
    heard += last.length;
    if (last.length > 0) yield last;
  } catch (error) {
    if (signal?.aborted) throw new HeedError('aborted', 'Reading the audio file was cancelled.', { cause: error });
    throw error instanceof HeedError && error.code === 'bad-audio' ? damaged(container, error.message, error) : error;
  } finally {
    await thread.release(isDone);
  }
  if (heard === 0) throw damaged(container, 'no sound came out');
}

function damaged(container: Container, reason: string, cause?: unknown): HeedError {
  return new HeedError(
    'bad-audio',
    `The file looks like ${container} but cannot be decoded: ${reason}. ` +
      'It may be damaged or cut; convert it to WAV or FLAC.',
    { cause },
  );
}
