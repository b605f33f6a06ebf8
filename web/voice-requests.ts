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

/** The server wants another recording, and says why. */
export class RecordingError extends Error {}

/** Asks the server for known voices. Every method rejects with a message for the person. */
export class VoiceRequests {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  async list(): Promise<KnownVoice[]> {
    return (await this.#send<{ voices: KnownVoice[] }>('')).voices;
  }

  /** Makes a voice known that has agreed to it. @throws RecordingError when the recording does not suffice */
  add(name: string, recording: Blob): Promise<AddedVoice> {
    const body = new FormData();
    body.set('name', name);
    body.set('consent', 'true');
    body.set('file', recording, 'voice');
    return this.#send<AddedVoice>('', { method: 'POST', body });
  }

  async remove(name: string): Promise<void> {
    await this.#send(`/${encodeURIComponent(name)}`, { method: 'DELETE' });
  }

  async #send<T>(path: string, init: RequestInit = {}): Promise<T> {
    const response = await fetch(`v1/voices${path}?${new URLSearchParams({ token: this.#token }).toString()}`, init);
    const body = (await response.json()) as T & { error?: { code: string; message: string } };
    if (response.ok) return body;
    const message = body.error?.message ?? `The server answered ${response.status}.`;
    throw body.error?.code === 'bad-audio' ? new RecordingError(message) : new Error(message);
  }
}
