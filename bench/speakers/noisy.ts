// Who speaks when in the excerpts, as recorded and with each noise at 10 dB: as a stream at a latency of 5 s, and in
// files. No setting was chosen on these.
import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { decodeWholeFile } from '../../src/audio/decode-file.ts';
import type { NativeModels } from '../../src/speakers/index.ts';
import type { Bench } from '../lib/bench.ts';
import { mixNoise } from '../lib/noise.ts';
import { errorValues } from './error-values.ts';
import { diarizeFiles, type OfflineRecording, type OfflineResult } from './offline.ts';

const snrDb = 10;
const folders = ['noise-kitchen', 'noise'];

/** @param live gives the turns of the stream */
export async function noisy(
  { dataDir, report, progress }: Bench,
  models: NativeModels,
  excerpts: readonly OfflineRecording[],
  live: (recordings: readonly OfflineRecording[]) => Promise<OfflineResult>,
): Promise<void> {
  const noises = folders.flatMap((folder) =>
    readdirSync(join(dataDir, folder)).map((file) => join(dataDir, folder, file)),
  );
  for (const path of [undefined, ...noises]) {
    const noise = path === undefined ? undefined : await decodeWholeFile(path);
    const recordings = excerpts.map((excerpt) => ({
      ...excerpt,
      samples: noise ? mixNoise(excerpt.samples, noise, { snrDb, seed: excerpt.name }) : excerpt.samples,
    }));
    const sound = path === undefined ? 'as recorded' : basename(path, extname(path));
    const results = { 'stream, 5 s': await live(recordings), file: diarizeFiles(models, recordings).get('heed')! };
    for (const [engine, { turns }] of Object.entries(results))
      report.add({ identity: { sound, engine }, n: recordings.length, values: errorValues(recordings, turns) });
    progress(sound);
  }
}
