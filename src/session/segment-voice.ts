import { edgeFrames, type VoiceListener } from '../speakers/index.ts';
import { frameSamples, type HeardVoice, type PhraseVoice } from '../types.ts';
import { phraseVoice } from './phrase-voice.ts';
import { SegmentSpeech, type SpeechFrames } from './segment-speech.ts';

/** Finds out whose voice speech is. */
export interface SpeechJudge {
  /** Whether it matters: to a command that only some voices may give, or to the names of voices that are told apart. */
  isNeeded: (use: 'rules' | 'names') => boolean;
  judge: (speech: Float32Array) => Promise<HeardVoice>;
  listen: () => VoiceListener;
}

/** How much is listened to at a time, samples. */
const stepSamples = 4 * frameSamples;

/** Whose voice one segment is. It is listened to while it is spoken, so that hardly anybody waits for that later. */
export class SegmentVoice {
  readonly #judge: SpeechJudge;
  readonly #listener: VoiceListener;
  readonly #speech: SegmentSpeech;
  /** Until where the listener has heard the segment. */
  #heardSample: number;
  /** Whose voice it is up to a sample. */
  #found: { endSample: number; voice: PhraseVoice } | undefined;

  constructor(judge: SpeechJudge, frames: SpeechFrames, startSample: number) {
    this.#judge = judge;
    this.#listener = judge.listen();
    this.#speech = new SegmentSpeech(frames, startSample);
    this.#heardSample = startSample;
  }

  /** Takes what the segment goes on with. */
  append(samples: Float32Array): void {
    this.#speech.append(samples);
  }

  /** Listens to what has been appended, but for the last frames: whether these are speech depends on what follows. */
  follow(): void {
    const { endSample } = this.#speech;
    const to = endSample - edgeFrames * frameSamples;
    if (to - this.#heardSample < stepSamples) return;
    const speech = this.#between(this.#heardSample, to, endSample);
    this.#heardSample = to;
    if (speech.length > 0) this.#listener.hear(speech);
  }

  /** Whose voice the segment is up to a sample. */
  until(endSample: number, after: Promise<unknown> = Promise.resolve()): PhraseVoice {
    if (this.#found?.endSample !== endSample)
      this.#found = { endSample, voice: phraseVoice(after.then(() => this.#judgeUntil(endSample))) };
    return this.#found.voice;
  }

  /** Whose voice a part of the segment is. */
  part(fromSample: number, endSample: number): PhraseVoice {
    const isWhole = fromSample === this.#speech.startSample;
    return isWhole
      ? this.until(endSample)
      : phraseVoice(this.#judge.judge(this.#speech.between(fromSample, endSample)));
  }

  /** Nothing more will be asked. What was asked is answered. */
  close(): void {
    const answered = this.#found?.voice.heard ?? Promise.resolve();
    void answered.then(() => this.#listener.close());
  }

  #judgeUntil(endSample: number): Promise<HeardVoice> {
    const { startSample } = this.#speech;
    // A segment that is cut because it is too long ends before what has been heard of it.
    return endSample < this.#heardSample
      ? this.#judge.judge(this.#between(startSample, endSample, endSample))
      : this.#listener.judge(this.#between(this.#heardSample, endSample, endSample));
  }

  #between(fromSample: number, endSample: number, knownSample: number): Float32Array {
    return this.#speech.between(fromSample, endSample, { from: this.#speech.startSample, to: knownSample });
  }
}
