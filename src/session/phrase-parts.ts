import type { SpeechSegment, Transcript } from '../types.ts';

/** Puts phrases together that were cut because they were too long: no part of one is a command by itself. */
export class PhraseParts {
  /** Undefined when a part could not be read: the rest of its phrase means nothing. */
  #parts: Transcript[] | undefined = [];
  #endSample = 0;

  /**
   * Takes the next segment, in order, and its reading, if it was speech. Answers the whole phrase that ends with it, if
   * one does.
   */
  add(segment: SpeechSegment, transcript: Transcript | undefined): Transcript | undefined {
    this.#goOn(segment);
    if (transcript) this.#parts?.push(transcript);
    if (segment.endReason === 'max-length') return undefined;
    const parts = this.#parts ?? [];
    this.#parts = [];
    return parts.length <= 1 ? parts[0] : join(parts);
  }

  /** The next segment could not be read. */
  fail(segment: SpeechSegment): void {
    this.#goOn(segment);
    this.#parts = segment.endReason === 'max-length' ? undefined : [];
  }

  /** A segment that begins where a cut one ended goes on with it. */
  #goOn({ startSample, endSample }: SpeechSegment): void {
    if (startSample !== this.#endSample) this.#parts = [];
    this.#endSample = endSample;
  }
}

/** Only the text is joined: times and the readings held to the grammar are those of the parts alone. */
function join(parts: readonly Transcript[]): Transcript {
  const sum = (of: (part: Transcript) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const last = parts.at(-1)!;
  return {
    segmentId: last.segmentId,
    language: last.language,
    text: parts.map(({ text }) => text.trim()).join(' '),
    words: [],
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
