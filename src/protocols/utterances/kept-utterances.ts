import { z } from 'zod';
import { encodeWav } from '../../audio/index.ts';
import { expectedCommands, expectedSchema, saveCase, type Case, type Expected } from '../../cases/index.ts';
import { HeedError } from '../../errors.ts';
import type { Gateway } from '../../server/gateway.ts';
import type { UtteranceTrace } from '../../trace/index.ts';

/**
 * What `POST /v1/cases` takes: an utterance, and what it should have been, as a command or in the words that say it.
 */
export const newCaseSchema = z.strictObject({
  utterance: z.string().min(1).max(100),
  expected: z.union([z.strictObject({ say: z.string().trim().min(1).max(1_000) }), expectedSchema]),
});

export type NewCase = z.infer<typeof newCaseSchema>;

/** How the last utterances came about, what was heard, and the cases made of them. */
export class KeptUtterances {
  readonly #gateway: Gateway;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  /** How one came about. @throws HeedError `not-found` */
  trace(id: string): UtteranceTrace & { has_audio: boolean } {
    return { ...this.#trace(id), has_audio: this.#gateway.traces.audio(id) !== undefined };
  }

  /** What was heard, as a WAV file. @throws HeedError `not-found` */
  wav(id: string): Uint8Array {
    this.#trace(id);
    return this.#wav(id);
  }

  /** Saves one as a case. Rejects with `not-found`, `bad-message`, `too-many`. */
  async save({ utterance, expected }: NewCase): Promise<Case & { name: string }> {
    const trace = this.#trace(utterance);
    const wav = this.#wav(utterance);
    const saved = {
      heard: trace.free?.text ?? '',
      language: trace.language,
      contexts: [...trace.contexts],
      expected: this.#expectation(expected, trace),
    };
    const name = await saveCase(wav, saved, this.#gateway.config.cases);
    return { name, ...saved };
  }

  #expectation(expected: NewCase['expected'], { language }: UtteranceTrace): Expected {
    if (expected !== null && 'say' in expected) {
      const { match, also = [], reason } = this.#gateway.understand(expected.say, language);
      if (!match) throw new HeedError('bad-message', `"${expected.say}" is no command. ${reason ?? ''}`.trimEnd());
      const commands = [match, ...also].map(({ command, args }) => ({ command, args }));
      return commands.length === 1 ? commands[0]! : commands;
    }
    for (const { command } of expectedCommands(expected)) {
      if (!this.#gateway.registry.get(command))
        throw new HeedError('not-found', `There is no command "${command}". GET /v1/commands lists them.`);
    }
    return expected;
  }

  #trace(id: string): UtteranceTrace {
    const trace = this.#gateway.traces.get(id);
    if (!trace)
      throw new HeedError(
        'not-found',
        'This utterance is not kept any more: its session has ended, or newer ones took its place (trace.maxUtterances).',
      );
    return trace;
  }

  #wav(id: string): Uint8Array {
    const samples = this.#gateway.traces.audio(id);
    if (!samples)
      throw new HeedError('not-found', 'The audio of this utterance is not kept any more (trace.maxAudioMs).');
    return encodeWav(samples);
  }
}
