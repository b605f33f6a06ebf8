import { msToSamples } from '../../src/types.ts';
import type { Bench } from './bench.ts';
import { loadClip } from './manifest.ts';
import { mixNoise } from './noise.ts';

/**
 * Mixes a sound with the noise of a kitchen, which is heard for a while, ms, before and after it as well; without
 * `snrDb` the sound stays as it is.
 */
export async function withKitchenNoise(
  { clips }: Bench,
  samples: Float32Array,
  { snrDb, seed, aroundMs = 0 }: { snrDb: number | undefined; seed: string; aroundMs?: number },
): Promise<Float32Array> {
  if (snrDb === undefined) return samples;
  const [kitchen] = clips('noise-kitchen');
  const around = msToSamples(aroundMs);
  const room = new Float32Array(samples.length + 2 * around);
  room.set(samples, around);
  return mixNoise(room, await loadClip(kitchen!), { snrDb, seed });
}
