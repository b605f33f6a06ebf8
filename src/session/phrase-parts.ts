import type { PhraseVoice, SpeechSegment, Transcript } from '../types.ts';
import { joinVoices } from './phrase-voice.ts';

/** A phrase, or a part of one, and whose voice it is; undefined where that is not looked at. */
export interface SpokenPart {
  transcript: Transcript;
  voice: PhraseVoice | undefined;
}

/**
 * Joins the segments of a phrase that was cut at the maximum length, because no part of it is a command by itself. What
 * somebody else says then is no part of it.
 */
export class PhraseParts {
  /** Undefined once a part could not be read, because the other parts then mean nothing. */
  #parts: SpokenPart[] | undefined = [];
  #endSample = 0;

  /**
   * Takes the segments in order; `part` is undefined for one that was no speech. Returns the whole phrase if this
   * segment ends one.
   */
  add(segment: SpeechSegment, part: SpokenPart | undefined): SpokenPart | undefined {
    this.#goOn(segment);
    const before = this.#parts?.findLast(({ transcript }) => transcript.speaker)?.transcript.speaker;
    if (before && part?.transcript.speaker && before.id !== part.transcript.speaker.id) this.#parts = [];
    if (part) this.#parts?.push(part);
    if (segment.endReason === 'max-length') return undefined;
    const parts = this.#parts ?? [];
    this.#parts = [];
    if (parts.length <= 1) return parts[0];
    return {
      transcript: join(parts.map(({ transcript }) => transcript)),
      voice: joinVoices(parts.map(({ voice }) => voice)),
    };
  }

  /** Takes the next segment when it could not be read. */
  fail(segment: SpeechSegment): void {
    this.#goOn(segment);
    this.#parts = segment.endReason === 'max-length' ? undefined : [];
  }

  /** A segment continues the phrase only if it begins exactly where the one that was cut ended. */
  #goOn({ startSample, endSample }: SpeechSegment): void {
    if (startSample !== this.#endSample) this.#parts = [];
    this.#endSample = endSample;
  }
}

/** Words and constrained readings are left out, because they only hold within one part. */
function join(parts: readonly Transcript[]): Transcript {
  const sum = (of: (part: Transcript) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const last = parts.at(-1)!;
  const isOneVoice = parts.every(({ speaker }) => speaker?.id === last.speaker?.id);
  return {
    segmentId: last.segmentId,
    language: last.language,
    text: parts.map(({ text }) => text.trim()).join(' '),
    words: [],
    ...(isOneVoice && last.speaker ? { speaker: last.speaker } : {}),
    confidence: Math.min(...parts.map(({ confidence }) => confidence)),
    noSpeechProbability: Math.max(...parts.map(({ noSpeechProbability }) => noSpeechProbability)),
    logProbability: sum(({ logProbability }) => logProbability),
    tokens: sum(({ tokens }) => tokens),
    endMs: 0,
    alternatives: [],
    audioMs: sum(({ audioMs }) => audioMs),
    inferenceMs: sum(({ inferenceMs }) => inferenceMs),
  };
}
