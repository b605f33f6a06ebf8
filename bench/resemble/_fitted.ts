/** What may be used for fitting; everything else is held out, and judged alone. */
export const fitted: { readonly registries: readonly string[]; readonly voices: readonly string[] } = {
  registries: ['house', 'coffee', 'robot'],
  // All of piper and kokoro are held out, and voices of the other synthesizers.
  voices: ['recorded', 'espeak:en-us+f3', 'espeak:en-gb-scotland', 'flite:slt', 'flite:awb', 'hibari:heart'],
};

export type Use = 'fitted' | 'held-out voice' | 'held-out registry' | 'held out';

/** Whether a trial may be used for fitting. A typed phrase has no voice; its registry tells. */
export function useOf({ registry, voice }: { registry: string; voice: string }): Use {
  const isFittedRegistry = fitted.registries.includes(registry);
  const isFittedVoice = voice === '' ? isFittedRegistry : fitted.voices.includes(voice);
  if (isFittedRegistry) return isFittedVoice ? 'fitted' : 'held-out voice';
  return isFittedVoice ? 'held-out registry' : 'held out';
}
