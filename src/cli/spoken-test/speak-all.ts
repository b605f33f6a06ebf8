import { decodeWholeFile } from '../../audio/index.ts';
import type { Heed } from '../../heed.ts';
import type { Ears } from '../../session/index.ts';
import { framesOfSamples } from '../hear-samples.ts';
import { inOrder } from '../in-order.ts';
import type { Sentence } from '../sentences.ts';
import { understandFrames } from '../understand-file.ts';
import type { Spoken } from './confusions.ts';
import { mixNoise, pinkNoise } from './noise.ts';
import type { Voice } from './voices.ts';

/** With what sentences are spoken. */
export interface Speaking {
  /** Voices by the language that they speak. */
  voices: ReadonlyMap<string, readonly Voice[]>;
  /** Signal-to-noise ratios, dB; undefined is quiet. */
  snrs: readonly (number | undefined)[];
  /** A recording to use as noise; default: pink noise. */
  noise?: Float32Array | undefined;
}

/** Speaks every sentence with every voice of its language in every noise, and yields how heed understands it. */
export async function* speakAll(
  heed: Heed,
  ears: Ears,
  sentences: readonly Sentence[],
  { voices, snrs, noise }: Speaking,
): AsyncGenerator<Spoken> {
  const tasks = sentences.flatMap((sentence) =>
    (voices.get(sentence.language) ?? []).flatMap((voice) => snrs.map((snrDb) => ({ sentence, voice, snrDb }))),
  );
  const spoken = new LastSpoken();
  yield* inOrder(tasks, ears.transcriber.load().capacity, async ({ sentence, voice, snrDb }): Promise<Spoken> => {
    const speech = await spoken.get(sentence.say, voice);
    const heard =
      snrDb === undefined ? speech : mixNoise(speech, noise ?? pinkNoise(speech.length, speech.length), snrDb);
    const { language, contexts } = sentence;
    const { utterances } = await understandFrames(framesOfSamples(heard, heed.config), heed, ears, {
      language,
      contexts: [...contexts],
    });
    return {
      sentence,
      voice: voice.name,
      ...(snrDb === undefined ? {} : { snrDb }),
      came: utterances.flatMap(({ understood }) =>
        understood?.match ? [understood.match, ...(understood.also ?? [])] : [],
      ),
      heard: utterances.flatMap(({ free }) => (free ? [free.text] : [])).join(' / '),
    };
  });
}

/** Keeps the last sentences, because each is heard in several noises one after the other. */
class LastSpoken {
  readonly #most = 8;
  readonly #kept = new Map<string, Promise<Float32Array>>();

  get(text: string, voice: Voice): Promise<Float32Array> {
    const key = `${voice.name}\0${text}`;
    let samples = this.#kept.get(key);
    if (!samples) {
      samples = voice.speak(text).then((wav) => decodeWholeFile(wav));
      this.#kept.set(key, samples);
      if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value!);
    }
    return samples;
  }
}
