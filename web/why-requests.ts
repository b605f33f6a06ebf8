import type { Expected } from '../src/cases/expected.ts';
import type { TraceSummary, UtteranceTrace } from '../src/trace/utterance-trace.ts';

/** How an utterance was understood, and whether it can be played back. */
export type HeardTrace = UtteranceTrace & { has_audio: boolean };

/** What a saved case should expect: a command, no command, or whatever these words mean. */
export type Wish = Expected | { say: string };

/** Asks the server how utterances were understood. Every method rejects with a message for the person. */
export class WhyRequests {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  /** Returns a session's utterances, newest first. */
  async list(session: string): Promise<TraceSummary[]> {
    return (await this.#send<{ utterances: TraceSummary[] }>(this.#url('v1/utterances', { session }))).utterances;
  }

  async trace(id: string): Promise<HeardTrace> {
    return await this.#send<HeardTrace>(this.#url(`v1/utterances/${id}`));
  }

  /** Returns the address at which an utterance can be played back. */
  audioUrl(id: string): string {
    return this.#url(`v1/utterances/${id}/audio`);
  }

  /** Saves an utterance as a case, and returns the case's name. */
  async save(utterance: string, expected: Wish): Promise<string> {
    const { name } = await this.#send<{ name: string }>(this.#url('v1/cases'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ utterance, expected }),
    });
    return name;
  }

  /** Addresses are relative to the page, because a proxy may offer the server under a path. */
  #url(path: string, query: Record<string, string> = {}): string {
    return `${path}?${new URLSearchParams({ ...query, token: this.#token }).toString()}`;
  }

  async #send<T>(url: string, init: RequestInit = {}): Promise<T> {
    const response = await fetch(url, init);
    const body = (await response.json()) as T & { error?: { message: string } };
    if (!response.ok) throw new Error(body.error?.message ?? `The server answered ${response.status}.`);
    return body;
  }
}
