import { asHeedError } from '../errors.ts';
import { englishCode } from '../language/index.ts';
import type { Transcript } from '../types.ts';
import type { ReadOptions, SegmentAudio } from './transcriber.ts';
import { AudioOfTwo, TwoModels } from './two-models.ts';

/** With at least this log-probability, in nats per token, the words of a command count as sure. */
const sureNats = -0.4;

/**
 * Reads with two models. If the main one is unsure of the command that it heard, the other one reads the same audio,
 * and the surer reading counts.
 */
export class SecondOpinion extends TwoModels {
  open(sessionId: string): SegmentAudio {
    const audio = { main: this.main.open(sessionId), other: this.other.open(sessionId) };
    return new ReadAgain(audio, (language) => language === englishCode || this.other.info.multilingual);
  }
}

class ReadAgain extends AudioOfTwo {
  /** Whether the other model knows a language. */
  readonly #knows: (language: string) => boolean;

  constructor(audio: { main: SegmentAudio; other: SegmentAudio }, knows: (language: string) => boolean) {
    super(audio);
    this.#knows = knows;
  }

  async read(options: ReadOptions): Promise<Transcript> {
    const endSample = options.endSample ?? this.length;
    const first = await this.main.read({ ...options, endSample });
    const nats = natsPerToken(first);
    // If the main model finds no command at all, the other one is not asked, as it would not find one either.
    const isUnsure = nats !== undefined && nats < sureNats;
    if (!options.grammar || !isUnsure || !this.#knows(first.language)) return first;
    let second: Transcript;
    try {
      second = await this.other.read(this.again({ ...options, endSample, language: first.language }));
    } catch (error) {
      if (asHeedError(error).code === 'aborted') throw error;
      return first;
    }
    const surer = (natsPerToken(second) ?? -Infinity) > nats ? second : first;
    return {
      ...surer,
      inferenceMs: first.inferenceMs + second.inferenceMs,
      stageMs: { ...surer.stageMs, second: second.inferenceMs },
    };
  }
}

/** How well the likeliest command fits the sound, in nats per token; undefined if no command was found. */
function natsPerToken({ constrained: [best] = [] }: Transcript): number | undefined {
  return best && best.logProbability / best.tokens;
}
