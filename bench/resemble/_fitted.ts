/** The registries and voices that may be used for fitting. Everything else is held out, and judged separately. */
export const fitted: { readonly registries: readonly string[]; readonly voices: readonly string[] } = {
  registries: ['house', 'coffee', 'robot'],
  // All voices of piper and kokoro are held out, and some voices of the other synthesizers.
  voices: ['recorded', 'espeak:en-us+f3', 'espeak:en-gb-scotland', 'flite:slt', 'flite:awb', 'hibari:heart'],
};

export type Use = 'fitted' | 'held-out voice' | 'held-out registry' | 'held out';

/** Whether a trial may be used for fitting. A typed phrase has no voice, so only its registry decides. */
export function useOf({ registry, voice }: { registry: string; voice: string }): Use {
  const isFittedRegistry = fitted.registries.includes(registry);
  const isFittedVoice = voice === '' ? isFittedRegistry : fitted.voices.includes(voice);
  if (isFittedRegistry) return isFittedVoice ? 'fitted' : 'held-out voice';
  return isFittedVoice ? 'held-out registry' : 'held out';
}
