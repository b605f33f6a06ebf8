import { HeedError } from '../errors.ts';
import { englishCode } from '../language/index.ts';
import { sampleRateHz } from '../types.ts';
import type { NativeReading } from './binding.ts';
import type { Engine } from './engine.ts';
import { knownBytes } from './known-bytes.ts';

/** What is said in the known sound. */
const knownWords = ['what', 'your', 'country', 'can', 'do', 'for', 'you'];

/** How many of these words must be read, and how likely each token of another reading must be, in nats. */
const [leastWords, leastNats] = [5, -4];

/** How the step of the code follows the size of the last difference. */
const stepChanges = [-1, -1, -1, -1, 2, 4, 6, 8];

/** The speech with which every engine shows that it can read, 16 kHz mono. */
export const knownSound: Float32Array = decode(Buffer.from(knownBytes, 'base64'));

export const knownSoundMs = (knownSound.length * 1000) / sampleRateHz;

/** How many positions of 20 ms the encoder sees: enough for the sound, so that it is never read twice. */
const positions = 16 * Math.ceil(knownSoundMs / 20 / 16) + 16;

/**
 * Has an engine read a known sound and checks what it reads, so that a damaged model is noticed before somebody speaks
 * to it. A model that may know no English, which heed did not choose, need not read the words; then its reading must be
 * likely, and another one than that of another sound.
 * @throws HeedError `bad-model`, or `native-failed` if a GPU computes, which may be to blame
 */
export async function readKnownSound(engine: Engine, { knowsWords }: { knowsWords: boolean }): Promise<NativeReading> {
  const reading = await read(engine, knownSound);
  if (wordsIn(reading.text) >= leastWords) return reading;
  const isSensible =
    !knowsWords && isLikely(reading) && (await read(engine, knownSound.toReversed())).text !== reading.text;
  if (isSensible) return reading;
  throw new HeedError(
    engine.backend === 'cpu' ? 'bad-model' : 'native-failed',
    `The speech model does not read what it must: in the sound “${knownWords.join(' ')}” it read ` +
      `“${reading.text.slice(0, 60)}”. Its file is damaged, or it is no model for speech. Fetch or import it again.`,
  );
}

async function read(engine: Engine, samples: Float32Array): Promise<NativeReading> {
  const audio = engine.openAudio();
  try {
    audio.append(samples);
    return await engine.read(audio, {
      priority: 0,
      endSample: samples.length,
      language: englishCode,
      translate: false,
      nBest: 1,
      words: false,
      positions,
      threads: 1,
      beam: 1,
    }).promise;
  } finally {
    audio.close();
  }
}

/** How many of the known words a text has, in their order. */
function wordsIn(text: string): number {
  const words: string[] = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  let found = 0;
  let from = 0;
  for (const word of knownWords) {
    const at = words.indexOf(word, from);
    if (at < 0) continue;
    found++;
    from = at + 1;
  }
  return found;
}

/** Captions such as "[BANGING]" are no words. */
function isLikely({ text, logProbability, tokens }: NativeReading): boolean {
  return /\p{L}/u.test(text.replace(/\[.*?\]|\(.*?\)|\*.*?\*/g, '')) && logProbability / tokens > leastNats;
}

/** Decodes 8 kHz speech whose differences are coded in 4 bits each, as ADPCM does, the lower half of a byte first. */
function decode(bytes: Uint8Array): Float32Array {
  const samples = new Float32Array(4 * bytes.length);
  let [value, step, at] = [0, 0, 0];
  for (const byte of bytes) {
    for (const code of [byte & 15, byte >> 4]) {
      const before = value;
      const size = (7 * 1.1 ** step * ((code & 7) + 0.5)) / 4;
      value = Math.max(-32_768, Math.min(32_767, value + (code < 8 ? size : -size)));
      step = Math.max(0, Math.min(88, step + stepChanges[code & 7]!));
      samples[at++] = (before + value) / 65_536;
      samples[at++] = value / 32_768;
    }
  }
  return samples;
}
