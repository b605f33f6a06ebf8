// How long a reading takes with other compiled engines, beside the one that is loaded here: `--addons` names their
// files, separated by commas. All take turns within one run, and the ratio is that of the processor time for one clip.
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { HeedError } from '../src/errors.ts';
import { defaultConfig } from '../src/config/index.ts';
import { ensureModel } from '../src/models/index.ts';
import { loadAddon } from '../src/platform/load-addon.ts';
import type { NativeAddon, NativeEngine } from '../src/transcribe/binding.ts';
import { runBench } from './lib/bench.ts';
import { loadClip } from './lib/manifest.ts';
import { readPlainly } from './lib/plain-reading.ts';
import { median } from './lib/statistics.ts';

const rounds = 5;

await runBench(
  'addons',
  async ({ clips, report, progress, options }) => {
    if (typeof options['addons'] !== 'string')
      throw new HeedError('bad-config', '--addons expects the files of engines, separated by commas; none came.');
    const path = await ensureModel(defaultConfig.transcribe.model, defaultConfig.models);
    const load = (addon: NativeAddon): Promise<NativeEngine> =>
      addon.load(path, { readers: 1, maxQueue: 1, gpu: false });
    const own = 'here';
    const engines = new Map([[own, await load(loadAddon<NativeAddon>('heed'))]]);
    for (const file of options['addons'].split(',')) {
      const name = join(basename(dirname(file)), basename(file));
      engines.set(name, await load(createRequire(import.meta.url)(resolve(file)) as NativeAddon));
    }
    const orders = clips('s2i-barista').slice(0, 8);
    const msBy = new Map<string, number[]>([...engines.keys()].map((name) => [name, []]));
    const texts = new Map<string, string[]>([...engines.keys()].map((name) => [name, []]));
    for (let round = 0; round <= rounds; round++) {
      progress(`round ${round} of ${rounds}`);
      for (const clip of orders) {
        const samples = await loadClip(clip);
        for (const [name, engine] of engines) {
          const { ms, text } = await read(engine, samples);
          // The first round fills the caches.
          if (round === 0) texts.get(name)!.push(text);
          else msBy.get(name)!.push(ms);
        }
      }
    }
    const base = msBy.get(own)!;
    for (const [name, ms] of msBy) {
      const same = texts.get(name)!.filter((text, index) => text === texts.get(own)![index]).length;
      report.add({
        identity: { engine: name },
        n: ms.length,
        values: [
          { metric: 'processor time p50', value: median(ms), unit: 'ms' },
          { metric: 'ratio to here p50', value: median(ms.map((each, index) => each / base[index]!)), unit: '' },
          { metric: 'same text', value: (100 * same) / orders.length, unit: '%' },
        ],
      });
    }
    for (const engine of engines.values()) engine.close();
  },
  { addons: { type: 'string' } },
);

async function read(engine: NativeEngine, samples: Float32Array): Promise<{ ms: number; text: string }> {
  const before = process.cpuUsage();
  const { text } = await readPlainly(engine, samples);
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1_000, text };
}
