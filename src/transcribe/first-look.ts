import { asHeedError } from '../errors.ts';
import { defaultLanguage, englishCode } from '../language/index.ts';
import type { Transcript } from '../types.ts';
import type { ReadOptions, SegmentAudio } from './transcriber.ts';
import { AudioOfTwo, TwoModels } from './two-models.ts';

/**
 * A quicker model looks first at what may be a command. What it is sure of counts at once; everything else is read by
 * the main model as if there had been no first look. Who asks for a reading says what is sure, so that the same rules
 * decide what may run. A quicker model of English alone is enough, so other languages are not looked at.
 */
export class FirstLook extends TwoModels {
  open(sessionId: string): SegmentAudio {
    return new LookedAt({ main: this.main.open(sessionId), other: this.other.open(sessionId) });
  }
}

class LookedAt extends AudioOfTwo {
  async read(options: ReadOptions): Promise<Transcript> {
    const { suffices, language = defaultLanguage } = options;
    const whole = { ...options, endSample: options.endSample ?? this.length };
    if (!suffices || language !== englishCode) return this.main.read(whole);
    const look = await this.#look(whole);
    if (look && suffices(look)) return look;
    const transcript = await this.main.read(this.again(whole));
    if (!look) return transcript;
    return {
      ...transcript,
      inferenceMs: look.inferenceMs + transcript.inferenceMs,
      stageMs: { ...transcript.stageMs, look: look.inferenceMs },
    };
  }

  /** A look that fails costs nothing but its time. */
  async #look(options: ReadOptions): Promise<Transcript | undefined> {
    try {
      return await this.other.read(options);
    } catch (error) {
      if (asHeedError(error).code === 'aborted') throw error;
      return undefined;
    }
  }
}
