import type { Expected } from '../src/cases/expected.ts';
import type { TraceSummary, UtteranceTrace } from '../src/trace/utterance-trace.ts';
import type { Requests } from './requests.ts';

/** How an utterance was understood, and whether it can be played back. */
export type HeardTrace = UtteranceTrace & { has_audio: boolean };

/** What a saved case should expect: a command, no command, or whatever these words mean. */
export type Wish = Expected | { say: string };

/** Asks the server how utterances were understood. Every method rejects with a message for the person. */
export class WhyRequests {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** Returns a session's utterances, newest first. */
  async list(session: string): Promise<TraceSummary[]> {
    return (await this.#requests.send<{ utterances: TraceSummary[] }>(this.#requests.url('v1/utterances', { session })))
      .utterances;
  }

  async trace(id: string): Promise<HeardTrace> {
    return await this.#requests.send<HeardTrace>(this.#requests.url(`v1/utterances/${id}`));
  }

  /** Returns the address at which an utterance can be played back. */
  audioUrl(id: string): string {
    return this.#requests.url(`v1/utterances/${id}/audio`);
  }

  /** Saves an utterance as a case, and returns the case's name. */
  async save(utterance: string, expected: Wish): Promise<string> {
    const { name } = await this.#requests.send<{ name: string }>(this.#requests.url('v1/cases'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ utterance, expected }),
    });
    return name;
  }
}
