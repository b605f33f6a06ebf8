import { defaultConfig } from '../../src/config/index.ts';
import { wakeWordsOf, type WakeWords } from '../../src/grammar/index.ts';
import { languageOf } from '../../src/language/index.ts';
import { hasEvidence } from '../../src/match/evidence.ts';
import { hearWake, mayWake, understandTranscript } from '../../src/match/index.ts';
import { createVad, type Vad } from '../../src/vad/index.ts';
import type { CommandMatch, DecoderGraph } from '../../src/types.ts';
import { cutPhrases } from '../lib/cut-phrase.ts';
import { Recogniser } from '../lib/recogniser.ts';

/** What one segment led to: nothing; a wake phrase alone; a command; or a wake phrase before something else. */
export interface Heard {
  text: string;
  outcome: 'nothing' | 'awake' | 'command' | 'unknown';
  phrase?: string;
  match?: CommandMatch;
}

/** Hears as a hands-free session with wake phrases does: segments, readings with the wake phrases, understanding. */
export class WakeHearing {
  readonly #recogniser: Recogniser;
  readonly #vad: Vad;
  readonly #words: WakeWords;
  readonly #graph: DecoderGraph;

  private constructor(recogniser: Recogniser, vad: Vad, phrases: readonly string[]) {
    this.#recogniser = recogniser;
    this.#vad = vad;
    this.#words = wakeWordsOf(phrases, languageOf('en'));
    this.#graph = recogniser.grammar!.wakeGraph(this.#words);
  }

  /** Loads the models and the commands of a home. */
  static async open(phrases: readonly string[], model?: string): Promise<WakeHearing> {
    const recogniser = await Recogniser.open({ commands: 'home', ...(model === undefined ? {} : { model }) });
    return new WakeHearing(recogniser, await createVad(defaultConfig.vad), phrases);
  }

  get model(): string {
    return this.#recogniser.model;
  }

  /** Cuts a recording into segments and returns what each one led to; a command may follow a wake phrase alone. */
  async hear(samples: Float32Array): Promise<Heard[]> {
    const heard: Heard[] = [];
    for (const segment of await cutPhrases(this.#vad, defaultConfig.vad, samples)) {
      const wasWoken = heard.at(-1)?.outcome === 'awake';
      const match = wasWoken ? await this.hearPlainly(segment) : undefined;
      heard.push(match ? { text: match.phrase, outcome: 'command', match } : await this.#read(segment));
    }
    return heard;
  }

  /** Returns what a session without wake phrases makes of a recording that is one segment. */
  async hearPlainly(samples: Float32Array): Promise<CommandMatch | undefined> {
    return this.#recogniser.understand(await this.#recogniser.read(samples)).match;
  }

  async close(): Promise<void> {
    await this.#recogniser.close();
    await this.#vad.close();
  }

  async #read(segment: Float32Array): Promise<Heard> {
    const matcher = this.#recogniser.matcher!;
    // A session makes all readings at once; here the others are made only where they matter, to save hours.
    const free = await this.#recogniser.read(segment, { isFree: true });
    const { text } = free;
    if (!mayWake(text, this.#words, matcher.grammar)) return { text, outcome: 'nothing' };
    const isAlone = hearWake(free, this.#words, matcher.grammar).kind === 'alone';
    const transcript = isAlone ? free : await this.#recogniser.read(segment, { graph: this.#graph });
    const heard = hearWake(transcript, this.#words, matcher.grammar);
    const match = heard.kind === 'command' ? understandTranscript(matcher, heard.rest).match : undefined;
    const isSpeech = hasEvidence(transcript, defaultConfig.match, () => match !== undefined || heard.kind === 'alone');
    if (!isSpeech || heard.kind === 'none') return { text, outcome: 'nothing' };
    const { phrase } = heard;
    if (heard.kind === 'alone') return { text, phrase, outcome: 'awake' };
    return match ? { text, phrase, outcome: 'command', match } : { text, phrase, outcome: 'unknown' };
  }
}
