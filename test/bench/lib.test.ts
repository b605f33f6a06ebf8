import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseBenchArguments } from '../../bench/lib/arguments.ts';
import { clipsOf, readManifest } from '../../bench/lib/manifest.ts';
import { mixNoise } from '../../bench/lib/noise.ts';
import { createRandom } from '../../bench/lib/random.ts';
import { Report } from '../../bench/lib/report.ts';
import { mean, median, percentile, slope } from '../../bench/lib/statistics.ts';

function dataDir(manifest = 'set\tseconds\tfile\tlabel\n'): string {
  const dir = mkdtempSync(join(tmpdir(), 'heed-bench-'));
  writeFileSync(join(dir, 'manifest.tsv'), manifest);
  return dir;
}

describe('arguments', () => {
  test('take a data folder, a limit, JSON and options of the bench', () => {
    const dir = dataDir();
    expect(
      parseBenchArguments(['--data', dir, '--json', '--limit', '5', '--model', 'tiny'], { model: { type: 'string' } }),
    ).toEqual({ dataDir: dir, json: true, limit: 5, options: { model: 'tiny' } });
  });

  test.each([
    ['a folder without a manifest', ['--data', '/nowhere'], /--data DIR/],
    ['an unknown option', ['--fast'], /--fast.*Usage/],
    ['a limit that is no number', ['--data', dataDir(), '--limit', 'all'], /--limit.*all/],
  ])('refuse %s', (_, argv, message) => {
    expect(() => parseBenchArguments(argv)).toThrow(message);
  });
});

describe('the manifest', () => {
  const lines = [
    'set\tseconds\tfile\tlabel',
    ...Array.from({ length: 10 }, (_, index) => `a\t1.5\ta/${index}.wav\tword ${index}`),
    'b\t2\tb/0.wav\t',
  ];

  test('gives clips with absolute paths and labels', () => {
    const dir = dataDir(`${lines.join('\n')}\n`);
    expect(readManifest(dir)[1]).toEqual({
      set: 'a',
      seconds: 1.5,
      name: 'a/1.wav',
      path: join(dir, 'a/1.wav'),
      label: 'word 1',
    });
  });

  test('spreads a limited choice over the whole set', () => {
    const clips = readManifest(dataDir(lines.join('\n')));
    expect(clipsOf(clips, 'a', 3).map(({ name }) => name)).toEqual(['a/0.wav', 'a/3.wav', 'a/6.wav']);
    expect(() => clipsOf(clips, 'c')).toThrow(/a, b/);
  });

  test.each([
    ['a missing header', 'a\t1\ta.wav\tx\n', /begin with/],
    ['a line with too few fields', `${lines[0]}\na\tx\n`, /line 2/],
  ])('is refused with %s', (_, text, message) => {
    expect(() => readManifest(dataDir(text))).toThrow(message);
  });
});

describe('noise', () => {
  const random = createRandom('noise');
  const noise = Float32Array.from({ length: 50_000 }, () => random() - 0.5);
  const speech = Float32Array.from({ length: 20_000 }, (_, index) =>
    index > 8_000 && index < 14_000 ? Math.sin(index / 3) * 0.3 : 0,
  );
  const loudest = (samples: Float32Array) =>
    Math.max(
      ...Array.from({ length: Math.floor(samples.length / 2048) }, (_, frame) =>
        samples.subarray(frame * 2048, (frame + 1) * 2048).reduce((sum, sample) => sum + sample * sample, 0),
      ),
    );

  test.each([24, 12, 6, 0])('is mixed so that the loudest frames are %d dB apart, at a peak of 0.5', (snrDb) => {
    const mixed = mixNoise(speech, noise, { snrDb, seed: 'clip' });
    expect(mixed.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeCloseTo(0.5, 5);
    const alone = mixNoise(speech, noise, { snrDb: 200, seed: 'clip' });
    // The scale of the speech in the mix, found by projection, and what is left beside the speech.
    const scale =
      mixed.reduce((sum, sample, index) => sum + sample * alone[index]!, 0) /
      alone.reduce((sum, sample) => sum + sample * sample, 0);
    const rest = mixed.map((sample, index) => sample - scale * alone[index]!);
    expect(10 * Math.log10(loudest(alone.map((sample) => sample * scale)) / loudest(rest))).toBeCloseTo(snrDb, 0);
  });

  test('is the same for the same clip, and different for the next', () => {
    const mix = (seed: string) => mixNoise(speech, noise, { snrDb: 12, seed });
    expect(mix('a')).toEqual(mix('a'));
    expect(mix('a')).not.toEqual(mix('b'));
  });
});

test('percentiles lie between the values', () => {
  expect([percentile([3, 1, 2], 0), median([4, 1, 2, 3]), percentile([0, 10], 0.95), mean([1, 2, 6])]).toEqual([
    1, 2.5, 9.5, 3,
  ]);
  expect(median([])).toBeNaN();
});

describe('the report', () => {
  const row = (engine: string, value: number) => ({
    identity: { engine },
    n: 3,
    values: [{ metric: 'delay p50', value, unit: 'ms' }],
  });

  test('shows rows of one kind as one table', () => {
    const lines: string[] = [];
    const report = new Report({
      bench: 'vad',
      json: false,
      print: (line) => lines.push(line),
      historyFile: join(dataDir(), 'h/history.jsonl'),
    });
    report.add(row('v5', 294.04));
    report.add(row('v6', 5.25));
    report.finish();
    expect(lines).toEqual([
      '| engine |  n | delay p50, ms |\n| ------ | -: | ------------: |\n' +
        '| v5     |  3 |           294 |\n| v6     |  3 |          5.25 |\n',
    ]);
  });

  test('gives JSON lines, and keeps every run with time and commit', () => {
    const lines: string[] = [];
    const historyFile = join(dataDir(), 'history.jsonl');
    for (const value of [1, 2]) {
      const report = new Report({ bench: 'vad', json: true, print: (line) => lines.push(line), historyFile });
      report.add(row('v5', value));
      report.finish();
    }
    expect(JSON.parse(lines[0]!)).toEqual({
      bench: 'vad',
      metric: 'delay p50',
      value: 1,
      unit: 'ms',
      n: 3,
      engine: 'v5',
    });
    const history = readFileSync(historyFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(history.map(({ value }) => value)).toEqual([1, 2]);
    expect(history[0]).toMatchObject({ time: expect.stringMatching(/^\d{4}-.*Z$/), commit: expect.any(String) });
  });
});

test('a slope is that of the line with the least squares', () => {
  const points = [0, 1, 2, 3].map((x) => ({ x, y: 5 - 2 * x }));
  expect(slope(points)).toBeCloseTo(-2);
  expect(slope([...points, { x: 1.5, y: 20 }])).toBeCloseTo(-2);
  expect(slope([{ x: 1, y: 1 }])).toBe(0);
});
