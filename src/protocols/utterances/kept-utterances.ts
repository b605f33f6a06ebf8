import { z } from 'zod';
import { encodeWav } from '../../audio/index.ts';
import { expectedCommands, expectedSchema, saveCase, type Case, type Expected } from '../../cases/index.ts';
import { HeedError } from '../../errors.ts';
import type { Gateway } from '../../server/gateway.ts';
import type { UtteranceTrace } from '../../trace/index.ts';

/** The body of `POST /v1/cases`: an utterance, and the commands it should have been, or a phrase that gives them. */
export const newCaseSchema = z.strictObject({
  utterance: z.string().min(1).max(100),
  expected: z.union([z.strictObject({ say: z.string().trim().min(1).max(1_000) }), expectedSchema]),
});

export type NewCase = z.infer<typeof newCaseSchema>;

/** The traces and audio of the last utterances, which can be saved as cases. */
export class KeptUtterances {
  readonly #gateway: Gateway;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  /**
   * Returns the trace of an utterance.
   * @throws HeedError `not-found`
   */
  trace(id: string): UtteranceTrace & { has_audio: boolean } {
    return { ...this.#trace(id), has_audio: this.#gateway.traces.audio(id) !== undefined };
  }

  /**
   * Returns the audio of an utterance as a WAV file.
   * @throws HeedError `not-found`
   */
  wav(id: string): Uint8Array {
    this.#trace(id);
    return this.#wav(id);
  }

  /** Saves an utterance as a case. Rejects with `not-found`, `bad-message` or `too-many`. */
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
        'This utterance is no longer kept: its session has ended, or newer ones took its place. ' +
          'Raise trace.maxUtterances to keep more.',
      );
    return trace;
  }

  #wav(id: string): Uint8Array {
    const samples = this.#gateway.traces.audio(id);
    if (!samples)
      throw new HeedError(
        'not-found',
        'The audio of this utterance is no longer kept. Raise trace.maxAudioMs to keep more.',
      );
    return encodeWav(samples);
  }
}
