import { asHeedError } from '../errors.ts';
import { englishCode } from '../language/index.ts';
import type { Transcript } from '../types.ts';
import type { ReadOptions, SegmentAudio, Transcriber, TranscriberInfo } from './transcriber.ts';

/** With at least this log-probability, in nats per token, the words of a command count as sure. */
const sureNats = -0.4;

/**
 * Reads with two models. If the first one is unsure of the command that it heard, the second one reads the same audio,
 * and the surer reading counts.
 */
export class SecondOpinion implements Transcriber {
  readonly #first: Transcriber;
  readonly #second: Transcriber;

  constructor(first: Transcriber, second: Transcriber) {
    this.#first = first;
    this.#second = second;
  }

  get info(): TranscriberInfo {
    return this.#first.info;
  }

  open(sessionId: string): SegmentAudio {
    return new TwiceRead(
      this.#first.open(sessionId),
      this.#second.open(sessionId),
      (language) => language === englishCode || this.#second.info.multilingual,
    );
  }

  load(): { waiting: number; running: number; capacity: number } {
    return this.#first.load();
  }

  get restarts(): number {
    return (this.#first.restarts ?? 0) + (this.#second.restarts ?? 0);
  }

  async close(): Promise<void> {
    await Promise.all([this.#first.close(), this.#second.close()]);
  }
}

/** The audio of one segment, which both models have. */
class TwiceRead implements SegmentAudio {
  readonly #first: SegmentAudio;
  readonly #second: SegmentAudio;
  readonly #knows: (language: string) => boolean;
  #isPromoted = false;

  constructor(first: SegmentAudio, second: SegmentAudio, knows: (language: string) => boolean) {
    this.#first = first;
    this.#second = second;
    this.#knows = knows;
  }

  get length(): number {
    return this.#first.length;
  }

  append(samples: Float32Array): void {
    this.#first.append(samples);
    this.#second.append(samples);
  }

  async read(options: ReadOptions): Promise<Transcript> {
    const endSample = options.endSample ?? this.length;
    const first = await this.#first.read({ ...options, endSample });
    const nats = natsPerToken(first);
    // If the first model finds no command at all, the second one is not asked, as it would not find one either.
    const isUnsure = nats !== undefined && nats < sureNats;
    if (!options.grammar || !isUnsure || !this.#knows(first.language)) return first;
    const priority = this.#isPromoted ? 'final' : options.priority;
    let second: Transcript;
    try {
      second = await this.#second.read({ ...options, endSample, priority, language: first.language });
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

  promote(): void {
    this.#isPromoted = true;
    this.#first.promote();
    this.#second.promote();
  }

  close(): void {
    this.#first.close();
    this.#second.close();
  }
}

/** How well the likeliest command fits the sound, in nats per token; undefined if no command was found. */
function natsPerToken({ constrained: [best] = [] }: Transcript): number | undefined {
  return best && best.logProbability / best.tokens;
}
