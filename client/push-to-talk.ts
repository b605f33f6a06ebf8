import type { MicrophoneStatus } from './options.ts';

/** The part of a client that push-to-talk uses. */
export interface Talker {
  readonly microphone: MicrophoneStatus;
  startAudio(): Promise<void>;
  stopAudio(): void;
  /** Resolves when everything that the microphone has heard so far has been sent. */
  drainAudio(): Promise<void>;
  flush(): boolean;
}

/** Sound is still on its way when the key is released, so the microphone stays open this much longer, ms. */
const releaseTailMs = 150;

/**
 * Push-to-talk. Whatever was said while the key was held is sent and ended as a phrase of its own, however quickly the
 * key is released, and also when it is pressed again at once.
 */
export class PushToTalk {
  readonly #talker: Talker;
  /**
   * `released` while the microphone is still being opened for a key that is no longer held; `trailing` while the sound
   * after the release is awaited, `ending` while it is sent; `beside` when the microphone was on before.
   */
  #state: 'off' | 'opening' | 'released' | 'held' | 'trailing' | 'ending' | 'beside' = 'off';
  #tail: ReturnType<typeof setTimeout> | undefined;

  constructor(talker: Talker) {
    this.#talker = talker;
  }

  /** Takes the press of the key: opens the microphone. Rejects as `startAudio` does. */
  async hold(): Promise<void> {
    switch (this.#state) {
      case 'trailing':
        clearTimeout(this.#tail);
        this.#state = 'held';
        await this.#endPhrase();
        return;
      case 'ending':
        this.#state = 'held';
        return;
      case 'released':
        this.#state = 'opening';
        return;
      case 'off':
        if (this.#talker.microphone !== 'off') this.#state = 'beside';
        else await this.#open();
        return;
      default: // The key is held already.
    }
  }

  /** Takes the release of the key: ends the phrase, and releases the microphone if `hold` has opened it. */
  release(): void {
    if (this.#state === 'opening') this.#state = 'released';
    else if (this.#state === 'held') this.#trail();
    else if (this.#state === 'beside') {
      this.#state = 'off';
      void this.#endPhrase();
    }
  }

  /** Forgets the key, because the microphone was released or lost. */
  reset(): void {
    clearTimeout(this.#tail);
    this.#state = 'off';
  }

  async #open(): Promise<void> {
    this.#state = 'opening';
    try {
      await this.#talker.startAudio();
    } catch (error) {
      this.reset();
      throw error;
    }
    const state = this.#stateNow;
    if (state === 'opening') this.#state = 'held';
    else if (state === 'released') this.#trail();
  }

  #trail(): void {
    this.#state = 'trailing';
    this.#tail = setTimeout(() => {
      this.#state = 'ending';
      void this.#endPhrase().then(() => {
        // The key may have been pressed again meanwhile.
        if (this.#state !== 'ending') return;
        this.#state = 'off';
        this.#talker.stopAudio();
      });
    }, releaseTailMs);
  }

  async #endPhrase(): Promise<void> {
    await this.#talker.drainAudio();
    this.#talker.flush();
  }

  /** The state may have changed while something was awaited. */
  get #stateNow(): string {
    return this.#state;
  }
}
