import { espeak } from './synthesizers/espeak.ts';
import { flite } from './synthesizers/flite.ts';
import { neural } from './synthesizers/neural.ts';
import type { Synthesizer, Voice } from './synthesizers/synthesizer.ts';

const [hibari, piper, kokoro] = [neural('hibari'), neural('piper'), neural('kokoro')];

/** All voices, by language. */
export const voices: readonly Voice[] = [
  ...['en-us+f3', 'en-gb-scotland', 'en-us-nyc+m3'].map((name) => voiceOf(espeak, name, 'en')),
  ...['slt', 'rms', 'awb'].map((name) => voiceOf(flite, name, 'en')),
  voiceOf(hibari, 'heart', 'en'),
  voiceOf(piper, 'joe', 'en'),
  voiceOf(kokoro, 'jm_kumo', 'en'),
  ...['fr', 'fr+f3'].map((name) => voiceOf(espeak, name, 'fr')),
  ...['jf_alpha', 'jm_kumo'].map((name) => voiceOf(kokoro, name, 'fr')),
  ...['es', 'es-419+f3'].map((name) => voiceOf(espeak, name, 'es')),
  ...['jf_alpha', 'jm_kumo'].map((name) => voiceOf(kokoro, name, 'es')),
];

function voiceOf(synthesizer: Synthesizer, name: string, language: string): Voice {
  return { id: `${synthesizer.name}:${name}`, name, language, synthesizer };
}

/**
 * Returns the voices of a language whose synthesizer is installed; `missing` is called once for each synthesizer that
 * is not.
 */
export async function availableVoices(
  language: string,
  missing: (text: string) => void,
  all: readonly Voice[] = voices,
): Promise<Voice[]> {
  const own = all.filter((voice) => voice.language === language);
  const there = await Promise.all(own.map(async (voice) => (await voice.synthesizer.version()) !== undefined));
  for (const synthesizer of new Set(own.filter((_, index) => !there[index]).map((voice) => voice.synthesizer))) {
    missing(`${synthesizer.name} is not installed, so its voices are left out. To install it: ${synthesizer.install}`);
  }
  return own.filter((_, index) => there[index]);
}
