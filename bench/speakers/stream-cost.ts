// What it costs to tell the voices of a live stream apart, in a meeting and where somebody gives an order now and then.
import { concatSamples } from '../../src/audio/index.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { optionsOf, StreamDiarizer, type NativeModels } from '../../src/speakers/index.ts';
import { sampleRateHz, samplesToMs } from '../../src/types.ts';
import { createVad } from '../../src/vad/index.ts';
import type { Bench } from '../lib/bench.ts';
import { loadClip } from '../lib/manifest.ts';
import { mayBeSpeech } from '../lib/may-be-speech.ts';
import { mixNoise } from '../lib/noise.ts';

/** How loud the orders are in their kitchen, dB, and how many there are; a tenth of the sound is orders. */
const [snrDb, orderCount, share] = [20, 12, 0.1];
/** How much the thread gets at a time. */
const batchSamples = sampleRateHz / 4;

/** Reports the processor time for a second of sound; one thread does this for all streams. */
export async function streamCost(bench: Bench, models: NativeModels, meeting: readonly Float32Array[]): Promise<void> {
  const vad = await createVad(defaultConfig.vad);
  try {
    const sounds = {
      meeting: concatSamples(meeting),
      'a tenth is orders, quiet': await orders(bench, { isQuiet: true }),
      'a tenth is orders, kitchen': await orders(bench, { isQuiet: false }),
    };
    for (const [sound, samples] of Object.entries(sounds)) {
      const hasSpeech = await mayBeSpeech(samples, vad);
      const diarizer = new StreamDiarizer(models, optionsOf(defaultConfig.speakers));
      const started = process.cpuUsage();
      let heard = 0;
      for (let from = 0; from < samples.length; from += batchSamples) {
        const batch = samples.subarray(from, from + batchSamples);
        const isHeard = hasSpeech(from, from + batch.length);
        if (isHeard) heard += batch.length;
        diarizer.push(batch, { hasSpeech: isHeard });
      }
      const { user, system } = process.cpuUsage(started);
      const cost = (user + system) / samplesToMs(samples.length);
      bench.report.add({
        identity: { sound },
        n: Math.round(samplesToMs(samples.length) / 1000),
        values: [
          { metric: 'listened to', value: (100 * heard) / samples.length, unit: '%' },
          { metric: 'processor', value: cost, unit: 'ms/s' },
          { metric: 'an hour', value: 3.6 * cost, unit: 's' },
          { metric: 'streams a thread', value: 1000 / cost, unit: '' },
        ],
      });
    }
  } finally {
    await vad.close();
  }
}

async function orders(bench: Bench, { isQuiet }: { isQuiet: boolean }): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for (const clip of bench.clips('s2i-barista').slice(0, orderCount)) {
    const order = await loadClip(clip);
    parts.push(order, new Float32Array(Math.round((order.length * (1 - share)) / share)));
  }
  const sound = concatSamples(parts);
  const kitchen = await loadClip(bench.clips('noise-kitchen')[0]!);
  return isQuiet ? sound : mixNoise(sound, kitchen, { snrDb, seed: 'stream cost' });
}
