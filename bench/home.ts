// Smart-home sentences with the matching commands: English by a synthesizer, or those of --set. --vad: as the voice
// activity model cuts them out; --quieter: so many dB softer.
import { defaultConfig } from '../src/config/index.ts';
import { HeedError } from '../src/errors.ts';
import { createVad } from '../src/vad/index.ts';
import { isRight } from './commands/home/_expected.ts';
import { isRight as isRightInFrench } from './commands/house-fr/_expected.ts';
import { isRight as isRightInSpanish } from './commands/house-es/_expected.ts';
import { runBench } from './lib/bench.ts';
import { cutPhrases } from './lib/cut-phrase.ts';
import { loadClip } from './lib/manifest.ts';
import { mapSideBySide, Recogniser } from './lib/recogniser.ts';
import { percentile } from './lib/statistics.ts';

/** The commands that a set of recordings needs, their language, and what is right. */
const sets = {
  'speech-to-phrase-tts': { commands: 'home', language: 'en', isRight },
  'speech-to-phrase-fr': { commands: 'house-fr', language: 'fr', isRight: isRightInFrench },
  'speech-to-phrase-fr-real': { commands: 'house-fr', language: 'fr', isRight: isRightInFrench },
  'speech-to-phrase-es': { commands: 'house-es', language: 'es', isRight: isRightInSpanish },
};

await runBench(
  'home',
  async ({ clips, report, options }) => {
    const set = typeof options['set'] === 'string' ? options['set'] : 'speech-to-phrase-tts';
    if (!Object.hasOwn(sets, set))
      throw new HeedError('bad-config', `--set takes one of ${Object.keys(sets).join(', ')}, ${set} came.`);
    const { commands, language, isRight } = sets[set as keyof typeof sets];
    const recogniser = await Recogniser.open({
      commands,
      language,
      ...(typeof options['model'] === 'string' ? { model: options['model'] } : {}),
    });
    const vad = options['vad'] === true ? await createVad(defaultConfig.vad) : undefined;
    const quieterDb = Number(options['quieter'] ?? 0);
    const sentences = clips(set);
    const results = await mapSideBySide(sentences, async (clip) => {
      const sound = (await loadClip(clip)).map(
        (sample) => Math.round(sample * 10 ** (-quieterDb / 20) * 32_768) / 32_768,
      );
      const [phrase, ...more] = vad ? await cutPhrases(vad, defaultConfig.vad, sound) : [sound];
      const isOne = phrase !== undefined && more.length === 0;
      if (!isOne) {
        console.error(`missed: ${clip.label} → ${phrase ? more.length + 1 : 0} segments`);
        return { isOne, right: false, wrong: false, free: false, ms: NaN };
      }
      const transcript = await recogniser.read(phrase, { language });
      const result = recogniser.understand(transcript);
      const free = recogniser.matcher!.match(transcript.text).match;
      if (!isRight(clip.label, result.match))
        console.error(
          `missed: ${clip.label} → ${result.match ? `${result.match.command} ${JSON.stringify(result.match.args)}` : result.reason} (free reading: ${transcript.text})`,
        );
      return {
        isOne,
        right: isRight(clip.label, result.match),
        wrong: result.match !== undefined && !isRight(clip.label, result.match),
        free: isRight(clip.label, free),
        ms: transcript.inferenceMs,
      };
    });
    const share = (pick: (result: (typeof results)[number]) => boolean): number =>
      (100 * results.filter(pick).length) / results.length;
    report.add({
      identity: {
        model: recogniser.model,
        set,
        'cut out': vad ? 'by the voice activity model' : 'by hand',
        'quieter, dB': quieterDb,
      },
      n: results.length,
      values: [
        { metric: 'one segment', value: share(({ isOne }) => isOne), unit: '%' },
        { metric: 'right', value: share(({ right }) => right), unit: '%' },
        { metric: 'another ran', value: share(({ wrong }) => wrong), unit: '%' },
        { metric: 'free reading alone', value: share(({ free }) => free), unit: '%' },
        {
          metric: 'reading p50',
          value: percentile(
            results.flatMap(({ ms }) => (Number.isNaN(ms) ? [] : ms)),
            0.5,
          ),
          unit: 'ms',
        },
      ],
    });
    await recogniser.close();
    await vad?.close();
  },
  { model: { type: 'string' }, set: { type: 'string' }, vad: { type: 'boolean' }, quieter: { type: 'string' } },
);
