import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { encodeWav } from '../../audio/index.ts';
import { HeedError } from '../../errors.ts';
import type { Heed } from '../../heed.ts';
import { expectedCommands, expectedSchema, saveCase, type Expected } from '../../cases/index.ts';
import { summaryOf, type UtteranceTrace } from '../../trace/index.ts';
import { parseMessage, parseValue } from '../../server/messages.ts';
import { readBody } from '../../server/read-body.ts';
import { commonHeaders, sendJson } from '../../server/respond.ts';
import type { Target } from '../../server/target.ts';

const listQuerySchema = z.object({ session: z.string().min(1).max(100) });

/**
 * What `POST /v1/cases` takes: an utterance, and what it should have been, as a command or in the words that say it.
 */
export const newCaseSchema = z.strictObject({
  utterance: z.string().min(1).max(100),
  expected: z.union([z.strictObject({ say: z.string().trim().min(1).max(1_000) }), expectedSchema]),
});

/** How utterances came about, what was heard, and the cases made of them. Who calls these has checked the token. */
export class UtteranceRoutes {
  readonly #heed: Heed;

  constructor(heed: Heed) {
    this.#heed = heed;
  }

  /** Answers a GET below `/v1/utterances`. False when the path is none of these. */
  answer(response: ServerResponse, { path, query }: Target): boolean {
    if (path === '/v1/utterances') {
      const { session } = parseValue(Object.fromEntries(query), listQuerySchema);
      sendJson(response, 200, { utterances: this.#heed.traces.list(session).map(summaryOf) });
      return true;
    }
    const [, id, audio] = /^\/v1\/utterances\/([\w-]{1,100})(\/audio)?$/.exec(path) ?? [];
    if (id === undefined) return false;
    const trace = this.#trace(id);
    if (audio === undefined)
      sendJson(response, 200, { ...trace, has_audio: this.#heed.traces.audio(id) !== undefined });
    else sendWav(response, this.#wav(id));
    return true;
  }

  /** Saves an utterance as a case. */
  async save(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { utterance, expected } = parseMessage(await readBody(request), newCaseSchema);
    const trace = this.#trace(utterance);
    const wav = this.#wav(utterance);
    const saved = {
      heard: trace.free?.text ?? '',
      language: trace.language,
      contexts: [...trace.contexts],
      expected: this.#expectation(expected, trace),
    };
    const { cases } = this.#heed.config;
    const name = await saveCase(wav, saved, cases);
    sendJson(response, 201, { name, ...saved });
  }

  #expectation(expected: z.infer<typeof newCaseSchema>['expected'], { language }: UtteranceTrace): Expected {
    if (expected !== null && 'say' in expected) {
      const { match, also = [], reason } = this.#heed.understand(expected.say, language);
      if (!match) throw new HeedError('bad-message', `"${expected.say}" is no command. ${reason ?? ''}`.trimEnd());
      const commands = [match, ...also].map(({ command, args }) => ({ command, args }));
      return commands.length === 1 ? commands[0]! : commands;
    }
    for (const { command } of expectedCommands(expected)) {
      if (!this.#heed.registry.get(command))
        throw new HeedError('not-found', `There is no command "${command}". GET /v1/commands lists them.`);
    }
    return expected;
  }

  #trace(id: string): UtteranceTrace {
    const trace = this.#heed.traces.get(id);
    if (!trace)
      throw new HeedError(
        'not-found',
        'This utterance is not kept any more: its session has ended, or newer ones took its place (trace.maxUtterances).',
      );
    return trace;
  }

  #wav(id: string): Uint8Array {
    const samples = this.#heed.traces.audio(id);
    if (!samples)
      throw new HeedError('not-found', 'The audio of this utterance is not kept any more (trace.maxAudioMs).');
    return encodeWav(samples);
  }
}

function sendWav(response: ServerResponse, wav: Uint8Array): void {
  response.writeHead(200, {
    ...commonHeaders,
    'content-type': 'audio/wav',
    'cache-control': 'no-store',
    'content-length': wav.length,
  });
  response.end(wav);
}
