import { sampleRateHz } from '../types.ts';
import { cleanSample } from './sample-decoder.ts';

/** Encodes samples of −1…1 as a WAV file, 16-bit mono 16 kHz. Louder samples are clipped. */
export function encodeWav(samples: Float32Array): Uint8Array {
  const dataBytes = samples.length * 2;
  const bytes = new Uint8Array(44 + dataBytes);
  const view = new DataView(bytes.buffer);
  const putText = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  putText(0, 'RIFF');
  view.setUint32(4, 36 + dataBytes, true);
  putText(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  putText(36, 'data');
  view.setUint32(40, dataBytes, true);
  for (let index = 0; index < samples.length; index++) {
    view.setInt16(
      44 + index * 2,
      Math.max(-0x8000, Math.min(0x7fff, Math.round(cleanSample(samples[index]!) * 0x8000))),
      true,
    );
  }
  return bytes;
}
