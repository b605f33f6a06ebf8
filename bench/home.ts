// The smart-home sentences of a synthesizer, with the matching commands. --vad: as the voice activity model cuts them out; --quieter: so many dB softer.
import { defaultConfig } from '../src/config.ts';
import { createVad } from '../src/vad/index.ts';
import { isRight } from './commands/home/_expected.ts';
import { runBench } from './lib/bench.ts';
import { cutPhrases } from './lib/cut-phrase.ts';
import { loadClip } from './lib/manifest.ts';
import { mapSideBySide, Recogniser } from './lib/recogniser.ts';
import { percentile } from './lib/statistics.ts';

await runBench('home', async ({ clips, report, options }) => {
  const recogniser = await Recogniser.open({ commands: 'home', ...(typeof options['model'] === 'string' ? { model: options['model'] } : {}) });
  const vad = options['vad'] === true ? await createVad(defaultConfig.vad) : undefined;
  const quieterDb = Number(options['quieter'] ?? 0);
  const sentences = clips('speech-to-phrase-tts');
  const results = await mapSideBySide(sentences, async (clip) => {
    const sound = (await loadClip(clip)).map((sample) => Math.round(sample * 10 ** (-quieterDb / 20) * 32_768) / 32_768);
    const [phrase, ...more] = vad ? await cutPhrases(vad, defaultConfig.vad, sound) : [sound];
    const isOne = phrase !== undefined && more.length === 0;
    if (!isOne) {
      console.error(`missed: ${clip.label} → ${phrase ? more.length + 1 : 0} segments`);
      return { isOne, right: false, free: false, ms: NaN };
    }
    const transcript = await recogniser.read(phrase);
    const result = recogniser.understand(transcript);
    const free = recogniser.matcher!.match(transcript.text).match;
    if (!isRight(clip.label, result.match)) console.error(`missed: ${clip.label} → ${result.match ? `${result.match.command} ${JSON.stringify(result.match.args)}` : result.reason} (free reading: ${transcript.text})`);
    return { isOne, right: isRight(clip.label, result.match), free: isRight(clip.label, free), ms: transcript.inferenceMs };
  });
  const share = (pick: (result: (typeof results)[number]) => boolean): number => (100 * results.filter(pick).length) / results.length;
  report.add({
    identity: { model: recogniser.model, 'cut out': vad ? 'by the voice activity model' : 'by hand', 'quieter, dB': quieterDb }, n: results.length,
    values: [
      { metric: 'one segment', value: share(({ isOne }) => isOne), unit: '%' },
      { metric: 'right', value: share(({ right }) => right), unit: '%' },
      { metric: 'free reading alone', value: share(({ free }) => free), unit: '%' },
      { metric: 'reading p50', value: percentile(results.flatMap(({ ms }) => (Number.isNaN(ms) ? [] : ms)), 0.5), unit: 'ms' },
    ],
  });
  await recogniser.close();
  await vad?.close();
}, { model: { type: 'string' }, vad: { type: 'boolean' }, quieter: { type: 'string' } });
