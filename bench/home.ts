// The smart-home sentences of a synthesizer, with the matching commands.
import { isRight } from './commands/home/_expected.ts';
import { runBench } from './lib/bench.ts';
import { loadClip } from './lib/manifest.ts';
import { mapSideBySide, Recogniser } from './lib/recogniser.ts';
import { percentile } from './lib/statistics.ts';

await runBench('home', async ({ clips, report, options }) => {
  const recogniser = await Recogniser.open({ commands: 'home', ...(typeof options['model'] === 'string' ? { model: options['model'] } : {}) });
  const sentences = clips('speech-to-phrase-tts');
  const results = await mapSideBySide(sentences, async (clip) => {
    const transcript = await recogniser.read(await loadClip(clip));
    const result = recogniser.understand(transcript);
    const free = recogniser.matcher!.match(transcript.text).match;
    if (!isRight(clip.label, result.match)) console.error(`missed: ${clip.label} → ${result.match ? `${result.match.command} ${JSON.stringify(result.match.args)}` : result.reason} (free reading: ${transcript.text})`);
    return { right: isRight(clip.label, result.match), free: isRight(clip.label, free), ms: transcript.inferenceMs };
  });
  const share = (pick: (result: (typeof results)[number]) => boolean): number => (100 * results.filter(pick).length) / results.length;
  report.add({
    identity: { model: recogniser.model }, n: results.length,
    values: [
      { metric: 'right', value: share(({ right }) => right), unit: '%' },
      { metric: 'free reading alone', value: share(({ free }) => free), unit: '%' },
      { metric: 'reading p50', value: percentile(results.map(({ ms }) => ms), 0.5), unit: 'ms' },
    ],
  });
  await recogniser.close();
}, { model: { type: 'string' } });
