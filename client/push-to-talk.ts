import type { MicrophoneStatus } from './options.ts';

/** The part of a client that push-to-talk uses. */
export interface Talker {
  readonly microphone: MicrophoneStatus;
  startAudio(): Promise<void>;
  stopAudio(): void;
  /** Resolves when everything that the microphone has heard so far has been sent. */
  drainAudio(): Promise<void>;
  /** Says that what follows is held, so that it needs no wake phrase; returns whether that was sent. */
  pressed(): boolean;
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
  readonly #needsWake: () => boolean;
  /**
   * `released` while the microphone is still being opened for a key that is no longer held; `trailing` while the sound
   * after the release is awaited, `ending` while it is sent; `beside` when the microphone was on before.
   */
  #state: 'off' | 'opening' | 'released' | 'held' | 'trailing' | 'ending' | 'beside' = 'off';
  /** Whether the server takes what is said for held. */
  #isTold = false;
  #tail: ReturnType<typeof setTimeout> | undefined;

  /** `needsWake` says whether the session needs a wake phrase, except while push-to-talk is held. */
  constructor(talker: Talker, needsWake: () => boolean) {
    this.#talker = talker;
    this.#needsWake = needsWake;
  }

  /** Takes the press of the key: opens the microphone. Rejects as `startAudio` does. */
  async hold(): Promise<void> {
    switch (this.#state) {
      case 'trailing':
        clearTimeout(this.#tail);
        this.#state = 'held';
        await this.#endPhrase();
        this.#tellPress();
        return;
      case 'ending':
        this.#state = 'held';
        return;
      case 'released':
        this.#state = 'opening';
        return;
      case 'off':
        if (this.#talker.microphone === 'off') return this.#open();
        this.#state = 'beside';
        this.#tellPress();
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
      // The key may have been pressed again meanwhile.
      void this.#endPhrase().then(() => this.#tellPress());
    }
  }

  /** Forgets the key, because the microphone was released or lost: what is said from now on is not held. */
  reset(): void {
    clearTimeout(this.#tail);
    this.#state = 'off';
    if (this.#isTold) this.#flush();
  }

  async #open(): Promise<void> {
    this.#state = 'opening';
    this.#tellPress();
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
        if (this.#state !== 'ending') return this.#tellPress();
        this.#state = 'off';
        this.#talker.stopAudio();
      });
    }, releaseTailMs);
  }

  async #endPhrase(): Promise<void> {
    await this.#talker.drainAudio();
    this.#flush();
  }

  #flush(): void {
    this.#isTold = false;
    this.#talker.flush();
  }

  /** Not for a key that was forgotten while the last phrase was ended: nothing would take that back. */
  #tellPress(): void {
    if (this.#state !== 'off' && this.#needsWake()) this.#isTold = this.#talker.pressed();
  }

  /** The state may have changed while something was awaited. */
  get #stateNow(): string {
    return this.#state;
  }
}
