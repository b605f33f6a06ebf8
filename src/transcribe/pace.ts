import type { Transcriber } from './transcriber.ts';
import { knownSound } from './known-sound.ts';

/** How often the sound is read: another program may hold up one reading or two, and the first one is always slower. */
const readings = 4;

/** Measures how long a recogniser takes to read a short command that nobody else waits for, ms. */
export async function measurePace(transcriber: Transcriber): Promise<number> {
  const audio = transcriber.open('pace');
  try {
    audio.append(knownSound);
    let fastestMs = Infinity;
    for (let reading = 0; reading < readings; reading++) {
      const { inferenceMs } = await audio.read({ segmentId: 'pace', priority: 'final' });
      fastestMs = Math.min(fastestMs, inferenceMs);
    }
    return fastestMs;
  } finally {
    audio.close();
  }
}
