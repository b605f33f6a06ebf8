// Word error rate of the free reading on sentences read aloud, greedy and with a beam of 5: with the encoder sized to
// the audio, with its full window, and (--peer) by whisper-cli.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadAddon } from '../src/platform/load-addon.ts';
import { defaultConfig } from '../src/config/index.ts';
import { encodeWav } from '../src/audio/index.ts';
import { ensureModel } from '../src/models/index.ts';
import type { NativeAddon } from '../src/transcribe/binding.ts';
import { runBench } from './lib/bench.ts';
import { loadClip, type Clip } from './lib/manifest.ts';
import { buildWhisper } from './lib/peers.ts';
import { readPlainly } from './lib/plain-reading.ts';
import { mapSideBySide } from './lib/recogniser.ts';
import { percentile } from './lib/statistics.ts';
import { comparedWords, wordErrors } from './lib/word-errors.ts';

/** Reads one clip; resolves with the text and the time it took. */
type Read = (samples: Float32Array) => Promise<{ text: string; ms: number }>;

await runBench(
  'words',
  async ({ clips, report, progress, options }) => {
    const model = typeof options['model'] === 'string' ? options['model'] : defaultConfig.transcribe.model;
    const path = await ensureModel(model, defaultConfig.models);
    const engine = await loadAddon<NativeAddon>('heed').load(path, {
      readers: availableParallelism(),
      maxQueue: 64,
      gpu: false,
    });
    const heed =
      ({ width, positions = 0 }: { width: number; positions?: number }): Read =>
      async (samples) => {
        const { text, inferenceMs } = await readPlainly(engine, samples, { width, positions });
        return { text, ms: inferenceMs };
      };
    const widths = [
      { name: 'greedy', width: 1 },
      { name: 'beam 5', width: 5 },
    ];
    const readers: [string, Read][] = widths.flatMap(({ name, width }): [string, Read][] => [
      [`heed, ${name}`, heed({ width })],
      [`heed, full window, ${name}`, heed({ width, positions: 1500 })],
    ]);
    if (options['peer'] === true) {
      const program = await buildWhisper('whisper-cli');
      for (const { name, width } of widths) readers.push([`whisper-cli, ${name}`, whisperCli(program, path, width)]);
    }
    const sentences = clips('librispeech-test-other');
    for (const [name, read] of readers) {
      const results = await mapSideBySide(sentences, async (clip, index) => {
        if (index % 10 === 0) progress(`${name}: ${index} of ${sentences.length}`);
        const spoken = comparedWords(transcriptOf(clip));
        const { text, ms } = await read(await loadClip(clip));
        const errors = wordErrors(spoken, comparedWords(text));
        if (options['misses'] === true && errors > 0)
          console.error(`${clip.name}: ${errors}\n  ${spoken.join(' ')}\n  ${comparedWords(text).join(' ')}`);
        return { errors, words: spoken.length, ms };
      });
      const sum = (pick: (result: (typeof results)[number]) => number): number =>
        results.reduce((total, result) => total + pick(result), 0);
      report.add({
        identity: { model, reader: name },
        n: results.length,
        values: [
          {
            metric: 'word error rate',
            value: (100 * sum(({ errors }) => errors)) / sum(({ words }) => words),
            unit: '%',
          },
          {
            metric: 'reading p50',
            value: percentile(
              results.map(({ ms }) => ms),
              0.5,
            ),
            unit: 'ms',
          },
        ],
      });
    }
    engine.close();
  },
  { model: { type: 'string' }, misses: { type: 'boolean' }, peer: { type: 'boolean' } },
);

/** A label has the form "speaker|transcript". */
function transcriptOf({ label }: Clip): string {
  return label.slice(label.indexOf('|') + 1);
}

function whisperCli(program: string, model: string, width: number): Read {
  return async (samples) => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-bench-'));
    const file = join(folder, 'clip.wav');
    writeFileSync(file, encodeWav(samples));
    const startedMs = performance.now();
    const { stdout } = await promisify(execFile)(program, [
      '-m',
      model,
      '-f',
      file,
      '-l',
      'en',
      '-t',
      '1',
      '-nt',
      '-np',
      '-nfa',
      '-bs',
      String(width),
      '-bo',
      String(width),
    ]);
    rmSync(folder, { recursive: true });
    return { text: stdout.trim(), ms: performance.now() - startedMs };
  };
}
