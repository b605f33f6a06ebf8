import { z } from 'zod';
import { maxChannels, maxSampleRateHz, minSampleRateHz } from './limits.ts';

const sampleRate = z.int().min(minSampleRateHz).max(maxSampleRateHz);
const channels = z.int().min(1).max(maxChannels);

/**
 * How a stream's bytes are encoded. `wav` is one WAV stream, header first. With `wav-chunks`, each message is a whole
 * WAV file, and all of them together are one continuous sound. The raw encodings are little-endian and interleaved.
 */
export const audioFormatSchema = z.discriminatedUnion('encoding', [
  z.strictObject({ encoding: z.literal('wav') }),
  z.strictObject({ encoding: z.literal('wav-chunks') }),
  z.strictObject({ encoding: z.literal('pcm_s16le'), sampleRate, channels }),
  z.strictObject({ encoding: z.literal('pcm_f32le'), sampleRate, channels }),
]);

export type AudioFormat = z.infer<typeof audioFormatSchema>;
