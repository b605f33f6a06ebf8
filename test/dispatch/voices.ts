import type { HeardVoice, PhraseVoice } from '../../src/types.ts';

const threshold = 0.9;

/** Voices as a test tells them. */
export const heard = {
  anna: known({ anna: 0.97, ben: 0.01 }),
  ben: known({ ben: 0.96, anna: 0.02 }),
  /** Either of two people who sound alike. */
  either: known({ anna: 0.5, ben: 0.46 }),
  stranger: known({ anna: 0.3, ben: 0.2 }),
  short: { ...known({}), doubt: { code: 'speech-too-short', reason: 'This was too short.' } },
  several: { ...known({ anna: 0.99 }), doubt: { code: 'several-voices', reason: 'Several spoke.' } },
  unheard: { ...known({}), doubt: { code: 'no-voice', reason: 'The models are missing.' } },
} as const satisfies Record<string, HeardVoice>;

export type Who = keyof typeof heard;

/** The voice of a phrase, of which it is known whose it is. */
export function voiceOf(who: Who): PhraseVoice {
  return { heard: Promise.resolve(heard[who]), known: heard[who] };
}

function known(scores: Record<string, number>): HeardVoice {
  return { seconds: 1.5, threshold, scores: Object.entries(scores).map(([name, score]) => ({ name, score })) };
}
