import type { HeardVoice, PhraseVoice, VoiceScore } from '../types.ts';

/** Keeps what a voice turns out to be. */
export function phraseVoice(heard: Promise<HeardVoice>): PhraseVoice {
  let known: HeardVoice | undefined;
  return {
    heard: heard.then((voice) => (known = voice)),
    get known() {
      return known;
    },
  };
}

/** The voice of a phrase of several parts: it is somebody's if each part is. Undefined if a part's voice is. */
export function joinVoices(parts: readonly (PhraseVoice | undefined)[]): PhraseVoice | undefined {
  if (parts.length <= 1) return parts[0];
  const voices = parts.filter((part) => part !== undefined);
  if (voices.length < parts.length) return undefined;
  return phraseVoice(Promise.all(voices.map(({ heard }) => heard)).then(join));
}

function join(parts: readonly HeardVoice[]): HeardVoice {
  const doubt = parts.find((part) => part.doubt)?.doubt;
  const least = ({ name }: VoiceScore): VoiceScore => ({
    name,
    score: Math.min(...parts.map(({ scores }) => scores.find((other) => other.name === name)?.score ?? 0)),
  });
  return {
    seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
    scores: parts[0]!.scores.map(least).sort((a, b) => b.score - a.score),
    threshold: parts[0]!.threshold,
    ...(doubt ? { doubt } : {}),
  };
}
