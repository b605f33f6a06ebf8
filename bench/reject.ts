// Is it a command at all? Coffee orders against speech and sounds that are none: the detection-error curve, and what
// the default threshold takes.
import { defaultConfig } from '../src/config/index.ts';
import { isRight } from './commands/coffee/_score.ts';
import { runBench } from './lib/bench.ts';
import { loadClip, type Clip } from './lib/manifest.ts';
import { mixNoise } from './lib/noise.ts';
import { createRandom } from './lib/random.ts';
import { mapSideBySide, Recogniser } from './lib/recogniser.ts';
import { sampleRateHz } from '../src/types.ts';

/** What is read: a clip, or a part of it, perhaps with kitchen noise under it. */
interface Trial {
  set: string;
  clip: Clip;
  /** Longest part taken, s; the place is chosen by the clip's name. */
  seconds?: number;
  snrDb?: number;
}

const maxSeconds = 28;
const thresholds = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.99];

await runBench(
  'reject',
  async ({ clips, report, progress, options }) => {
    const recogniser = await Recogniser.open({
      commands: 'coffee',
      match: { threshold: 0, margin: 0 },
      ...(typeof options['model'] === 'string' ? { model: options['model'] } : {}),
    });
    const kitchen = await loadClip(clips('noise-kitchen')[0]!);
    const sounds = clips('noise').concat(clips('noise-kitchen'));
    const alone: Trial[] = [
      ...['librispeech-test-other', 'librispeech-train100-1utt'].flatMap((set) =>
        clips(set).flatMap((clip) => [
          { set, clip },
          { set: `${set}, 2–4 s`, clip, seconds: 2 + 2 * createRandom(clip.name)() },
        ]),
      ),
      ...['wakeword', 'fsdd', 'speech-to-phrase-tts'].flatMap((set) => clips(set).map((clip) => ({ set, clip }))),
    ];
    const parts = Number(options['noise-parts'] ?? 20);
    const negatives: Trial[] = [
      ...alone,
      ...(options['quick'] === true
        ? []
        : alone.map((trial) => ({ ...trial, set: `${trial.set}, kitchen 10 dB`, snrDb: 10 }))),
      ...sounds.flatMap((clip) =>
        Array.from({ length: parts }, (_, part) => ({
          set: 'noise, 4 s',
          clip: { ...clip, name: `${clip.name} ${part}` },
          seconds: 4,
        })),
      ),
    ];
    const orders = clips('s2i-barista');
    const positives: Trial[] = ['clean', '12', '6'].flatMap((snr) =>
      orders.map((clip) => ({
        set: `orders, ${snr === 'clean' ? 'clean' : `${snr} dB`}`,
        clip,
        ...(snr === 'clean' ? {} : { snrDb: Number(snr) }),
      })),
    );
    const trials = [...negatives, ...positives];
    const results = await mapSideBySide(trials, async (trial, index) => {
      if (index % 50 === 0) progress(`${index} of ${trials.length}`);
      const transcript = await recogniser.read(await samplesOf(trial, kitchen));
      const { match } = recogniser.understand(transcript);
      if (options['dump'] === true)
        console.error(
          JSON.stringify({
            set: trial.set,
            clip: trial.clip.name,
            label: trial.set.startsWith('orders') ? trial.clip.label : undefined,
            right: trial.set.startsWith('orders') && isRight(trial.clip.label, match),
            transcript,
          }),
        );
      else if (
        options['misses'] === true &&
        match &&
        match.score >= defaultConfig.match.threshold &&
        !trial.set.startsWith('orders')
      )
        console.error(trial.set, trial.clip.name, match.score, match.phrase, '|', transcript.text);
      return {
        trial,
        score: match?.score ?? 0,
        isRight: trial.set.startsWith('orders') && isRight(trial.clip.label, match),
      };
    });
    for (const set of [...new Set(trials.map((trial) => trial.set))]) {
      const own = results.filter(({ trial }) => trial.set === set);
      const taken = own.filter(({ score }) => score >= defaultConfig.match.threshold);
      report.add({
        identity: { model: recogniser.model, set, threshold: defaultConfig.match.threshold },
        n: own.length,
        values: [
          { metric: 'taken', value: taken.length, unit: '' },
          { metric: 'taken share', value: (100 * taken.length) / own.length, unit: '%' },
          { metric: 'highest score', value: Math.max(...own.map(({ score }) => score)), unit: '' },
        ],
      });
    }
    for (const threshold of thresholds) {
      const share = (set: string): number => {
        const own = results.filter(({ trial }) => trial.set === set);
        return (100 * own.filter(({ score }) => score >= threshold).length) / own.length;
      };
      const isOrder = (result: (typeof results)[number]): boolean => result.trial.set.startsWith('orders');
      const others = results.filter((result) => !isOrder(result));
      report.add({
        identity: { model: recogniser.model, threshold },
        n: results.length,
        values: [
          { metric: 'clean orders taken', value: share('orders, clean'), unit: '%' },
          { metric: '12 dB', value: share('orders, 12 dB'), unit: '%' },
          { metric: '6 dB', value: share('orders, 6 dB'), unit: '%' },
          {
            metric: 'false accepts',
            value: others.filter(({ score }) => score >= threshold).length,
            unit: `of ${others.length}`,
          },
        ],
      });
    }
    await recogniser.close();
  },
  {
    model: { type: 'string' },
    quick: { type: 'boolean' },
    dump: { type: 'boolean' },
    misses: { type: 'boolean' },
    'noise-parts': { type: 'string' },
  },
);

async function samplesOf({ clip, seconds, snrDb }: Trial, kitchen: Float32Array): Promise<Float32Array> {
  const whole = await loadClip(clip);
  const length = Math.min(whole.length, Math.round((seconds ?? maxSeconds) * sampleRateHz));
  const start = Math.floor(createRandom(`${clip.name} start`)() * (whole.length - length));
  const part = whole.subarray(start, start + Math.max(length, 1_600));
  // Very short clips are given the silence that a segment would have.
  const padded =
    part.length >= sampleRateHz / 2 ? part : Float32Array.from({ length: sampleRateHz / 2 }, (_, i) => part[i] ?? 0);
  return snrDb === undefined ? padded : mixNoise(padded, kitchen, { snrDb, seed: clip.name });
}
