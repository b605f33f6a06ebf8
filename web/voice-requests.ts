import type { Requests } from './requests.ts';

/** A known voice, as the server lists it. */
export interface KnownVoice {
  name: string;
  seconds: number;
  enrolled_at: string;
  is_usable: boolean;
}

/** A voice that was made known, and the one that it may be taken for. */
export interface AddedVoice {
  name: string;
  alike?: { name: string; score: number };
}

/** Asks the server for known voices. Every method rejects with a message for the person. */
export class VoiceRequests {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  async list(): Promise<KnownVoice[]> {
    return (await this.#requests.send<{ voices: KnownVoice[] }>(this.#requests.url('v1/voices'))).voices;
  }

  /** Makes a voice known that has agreed to it. */
  add(name: string, recording: Blob): Promise<AddedVoice> {
    const body = new FormData();
    body.set('name', name);
    body.set('consent', 'true');
    body.set('file', recording, 'voice');
    return this.#requests.send<AddedVoice>(this.#requests.url('v1/voices'), { method: 'POST', body });
  }

  /** Gives a known voice another name; returns it as it is kept. */
  async rename(from: string, name: string): Promise<string> {
    const url = this.#requests.url(`v1/voices/${encodeURIComponent(from)}`);
    return (await this.#requests.send<{ name: string }>(url, { method: 'PATCH', body: JSON.stringify({ name }) })).name;
  }

  async remove(name: string): Promise<void> {
    await this.#requests.send(this.#requests.url(`v1/voices/${encodeURIComponent(name)}`), { method: 'DELETE' });
  }
}
