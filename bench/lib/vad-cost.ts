import { defaultConfig } from '../../src/config/index.ts';
import { frameSamples } from '../../src/types.ts';
import type { Thresholds } from '../../src/vad/frame-verdict.ts';
import { readModel, type EngineName } from '../../src/vad/model-file.ts';
import { createModelRunner } from '../../src/vad/model-runner.ts';
import type { Bench } from './bench.ts';
import { createRandom } from './random.ts';
import { median } from './statistics.ts';

/**
 * Measures the processor time per frame in this thread, which other programs influence far less than the time on the
 * clock.
 */
export async function reportCost({ report }: Bench, thresholds: Thresholds, name: EngineName): Promise<void> {
  const engine = await createModelRunner(name, readModel(name), {
    ...thresholds,
    maxGainDb: defaultConfig.vad.maxGainDb,
  });
  const random = createRandom(name);
  for (const streams of [1, 8, 16, 64]) {
    const batch = {
      streams: Uint32Array.from({ length: streams }, (_, id) => id),
      samples: Float32Array.from({ length: streams * frameSamples }, () => random() - 0.5),
    };
    const rounds = Math.ceil(192 / streams) * 3;
    const stretchesUs: number[] = [];
    for (let stretch = 0; stretch < 21; stretch++) {
      const before = process.cpuUsage();
      for (let round = 0; round < rounds; round++) await engine.run(batch);
      const { user, system } = process.cpuUsage(before);
      stretchesUs.push((user + system) / (rounds * streams));
    }
    report.add({
      identity: { engine: name, 'streams at once': streams },
      n: rounds * streams * 20,
      values: [{ metric: 'cost of a frame', unit: 'µs', value: median(stretchesUs.slice(1)) }],
    });
  }
  await engine.release();
}
