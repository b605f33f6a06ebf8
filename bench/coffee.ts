// Spoken coffee orders in kitchen noise: the share of whole orders understood, by signal-to-noise ratio. The rules are
// those of the speech-to-intent benchmark.
import { isExact, isRight } from './commands/coffee/_score.ts';
import { runBench } from './lib/bench.ts';
import { loadClip } from './lib/manifest.ts';
import { mixNoise } from './lib/noise.ts';
import { plotCoffee } from './lib/plot-coffee.ts';
import { mapSideBySide, Recogniser } from './lib/recogniser.ts';
import { mean, percentile } from './lib/statistics.ts';

const conditions = ['clean', '24', '21', '18', '15', '12', '9', '6'];

await runBench(
  'coffee',
  async ({ clips, report, progress, options }) => {
    const draws = Number(options['draws'] ?? 1);
    const wanted = typeof options['snr'] === 'string' ? options['snr'].split(',') : conditions;
    const recogniser = await Recogniser.open({
      commands: 'coffee',
      ...(typeof options['model'] === 'string' ? { model: options['model'] } : {}),
      transcribe: {
        ...(typeof options['beam'] === 'string' ? { beam: Number(options['beam']) } : {}),
        ...(typeof options['second'] === 'string' ? { second: options['second'] } : {}),
      },
    });
    const model =
      typeof options['second'] === 'string' ? `${recogniser.model}, then ${options['second']}` : recogniser.model;
    const orders = clips('s2i-barista');
    const noise = await loadClip(clips('noise-kitchen')[0]!);
    const means: Record<string, number> = {};
    const all: { right: number; free: number }[] = [];
    for (const condition of wanted) {
      const runs = orders.flatMap((clip) =>
        Array.from({ length: condition === 'clean' ? 1 : draws }, (_, draw) => ({ clip, draw })),
      );
      const results = await mapSideBySide(runs, async ({ clip, draw }, index) => {
        if (index % 20 === 0) progress(`${condition}: ${index} of ${runs.length}`);
        const speech = await loadClip(clip);
        const samples =
          condition === 'clean'
            ? speech
            : mixNoise(speech, noise, {
                snrDb: Number(condition),
                seed: `${clip.name}${draw === 0 ? '' : ` ${draw}`}`,
              });
        const transcript = await recogniser.read(samples);
        const result = recogniser.understand(transcript);
        const free = recogniser.matcher!.match(transcript.text).match;
        if (options['misses'] === true && !isRight(clip.label, result.match))
          console.error(
            condition,
            clip.name,
            clip.label,
            JSON.stringify({
              free: transcript.text,
              heard: result.match?.phrase,
              reason: result.reason,
              candidates: result.candidates.slice(0, 2),
            }),
          );
        return {
          right: isRight(clip.label, result.match),
          exact: isExact(clip.label, result.match),
          wrong: result.match !== undefined && !isRight(clip.label, result.match),
          free: isRight(clip.label, free),
          ms: transcript.inferenceMs,
        };
      });
      const share = (pick: (result: (typeof results)[number]) => boolean): number =>
        (100 * results.filter(pick).length) / results.length;
      means[condition] = share(({ right }) => right);
      if (condition !== 'clean') all.push({ right: means[condition], free: share(({ free }) => free) });
      report.add({
        identity: { model, snr: condition },
        n: results.length,
        values: [
          { metric: 'right', value: means[condition], unit: '%' },
          { metric: 'no slot made up', value: share(({ exact }) => exact), unit: '%' },
          { metric: 'wrong order taken', value: share(({ wrong }) => wrong), unit: '%' },
          { metric: 'free reading alone', value: share(({ free }) => free), unit: '%' },
          {
            metric: 'reading p50',
            value: percentile(
              results.map(({ ms }) => ms),
              0.5,
            ),
            unit: 'ms',
          },
          {
            metric: 'reading p95',
            value: percentile(
              results.map(({ ms }) => ms),
              0.95,
            ),
            unit: 'ms',
          },
        ],
      });
    }
    report.add({
      identity: { model, snr: `mean ${wanted.filter((condition) => condition !== 'clean').join(' ')}` },
      n: orders.length * draws,
      values: [
        { metric: 'right', value: mean(all.map(({ right }) => right)), unit: '%' },
        { metric: 'free reading alone', value: mean(all.map(({ free }) => free)), unit: '%' },
      ],
    });
    if (typeof options['plot'] === 'string') plotCoffee(options['plot'], means);
    await recogniser.close();
  },
  {
    draws: { type: 'string' },
    snr: { type: 'string' },
    model: { type: 'string' },
    second: { type: 'string' },
    beam: { type: 'string' },
    misses: { type: 'boolean' },
    plot: { type: 'string' },
  },
);
