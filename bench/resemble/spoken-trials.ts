import { mixNoise } from '../lib/noise.ts';
import { languageOfRegistry, type Sentence } from './sentences.ts';
import { loadSpoken, speakAll } from './speech-cache.ts';
import type { Voice } from './synthesizers/synthesizer.ts';
import type { AudioTrial, Trial } from './trial.ts';
import { availableVoices } from './voices.ts';

export interface SpokenOptions {
  kitchen: Float32Array;
  noises: readonly string[];
  /** The names of voices or synthesizers; absent means all. */
  voices: readonly string[] | undefined;
  progress: (text: string) => void;
  /** Called once for each thing that is missing. */
  warn: (text: string) => void;
}

/** Returns each sentence in each voice of its language, after speaking those that have not been spoken before. */
export async function spokenTrials(sentences: readonly Sentence[], options: SpokenOptions): Promise<AudioTrial[]> {
  const trials: AudioTrial[] = [];
  for (const language of new Set(sentences.map(({ registry }) => languageOfRegistry(registry)))) {
    const own = sentences.filter(({ registry }) => languageOfRegistry(registry) === language);
    for (const voice of await wantedVoices(language, options)) {
      await speakAll(
        voice,
        own.map(({ say }) => say),
        (done, of) => options.progress(`${voice.id} speaks: ${done} of ${of}`),
      );
      for (const sentence of own)
        for (const noise of options.noises) trials.push(trialOf(sentence, voice, noise, options.kitchen));
    }
  }
  return trials;
}

/** Returns each sentence as it is written. */
export function typedTrials(sentences: readonly Sentence[]): Trial[] {
  return sentences.map((sentence) => ({ part: 'typed', ...sentence, voice: '', noise: 'none' }));
}

async function wantedVoices(language: string, { voices, warn }: SpokenOptions): Promise<Voice[]> {
  const there = await availableVoices(language, warn);
  return voices
    ? there.filter(({ id, synthesizer }) => voices.includes(id) || voices.includes(synthesizer.name))
    : there;
}

function trialOf(sentence: Sentence, voice: Voice, noise: string, kitchen: Float32Array): AudioTrial {
  const samples = async (): Promise<Float32Array> => {
    const speech = await loadSpoken(voice, sentence.say);
    return noise === 'none'
      ? speech
      : mixNoise(speech, kitchen, { snrDb: Number(noise), seed: `${voice.id} ${sentence.say}` });
  };
  return { part: 'spoken', ...sentence, voice: voice.id, noise, samples };
}
