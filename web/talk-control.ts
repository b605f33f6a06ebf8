import type { HeedClient } from '../client/heed-client.ts';
import { MicrophoneError } from '../client/microphone.ts';
import type { Settings } from './settings.ts';
import type { Action, ListeningProblem, TalkMode } from './view-state.ts';

/** Whoever presses Talk for longer than this holds it; a shorter press switches listening on or off, ms. */
const holdMs = 500;

/** What a talk control needs. */
export interface TalkControlOptions {
  client: Pick<HeedClient, 'startAudio' | 'stopAudio' | 'drainAudio' | 'pressed' | 'flush' | 'microphone'>;
  dispatch: (action: Action) => void;
  settings: () => Settings;
  /** Whether the session needs a wake phrase, except while push-to-talk is held. */
  needsWake: () => boolean;
  /** Called before the microphone is opened; `onTaken` must be called when another tab takes it. */
  take: (onTaken: () => void) => void;
  /** Called when the person presses something to speak, or to stop listening: heed must be silent now. */
  onPress: (isHeld: boolean) => void;
}

/**
 * The Talk and Stop button, and the space bar as push-to-talk. It does more than the client's own push-to-talk: a press
 * may turn out to be a tap, which starts hands-free listening, and the microphone goes from tab to tab.
 */
export class TalkControl {
  readonly #options: TalkControlOptions;
  #mode: TalkMode = 'off';
  /** The end of a phrase that was let go: what was heard of it is still being sent. */
  #tail: Promise<void> | undefined;
  /** Whether the server takes what is said for a phrase of push-to-talk. */
  #isPressTold = false;
  #isSpaceDown = false;
  /** When the button was pressed, ms, and in which mode; undefined while it is up. */
  #pressed: { atMs: number; from: TalkMode } | undefined;

  constructor(options: TalkControlOptions) {
    this.#options = options;
  }

  /** Starts listening until the next call, which also ends the phrase that is being said. */
  toggle(): void {
    this.#options.onPress(this.#mode === 'off');
    if (this.#mode === 'off') this.#start('hands-free');
    else this.#stop();
  }

  /** The button was pressed at a time, ms: the microphone is opened at once, because the person may hold it. */
  press(atMs: number): void {
    this.#pressed = { atMs, from: this.#mode };
    this.#options.onPress(this.#mode === 'off');
    if (this.#mode === 'off') this.#start('held');
  }

  /** The button was released. After a short press in hands-free mode, listening goes on until the next press. */
  unpress(atMs: number): void {
    const pressed = this.#pressed;
    this.#pressed = undefined;
    if (!pressed) return;
    const isTap = atMs - pressed.atMs < holdMs;
    if (pressed.from === 'hands-free') this.#stop();
    else if (this.#mode !== 'held') return;
    else if (isTap && this.#options.settings().talk === 'hands-free') this.#freeHands();
    else this.#stop();
  }

  /** The press ended otherwise than by a release: the finger slid away, or the page was left. */
  cancelPress(): void {
    const pressed = this.#pressed;
    this.#pressed = undefined;
    if (pressed && this.#mode === 'held') this.#stop();
  }

  /** The space bar was pressed. In hands-free mode nothing happens until it is released. */
  hold(): void {
    this.#isSpaceDown = true;
    this.#options.onPress(true);
    if (this.#mode === 'off') this.#start('held');
    else this.#tellPress();
  }

  /** The space bar was released, so the phrase is over. */
  release(): void {
    this.#isSpaceDown = false;
    if (this.#mode === 'hands-free') void this.#endPhrase();
    else if (this.#mode === 'held') this.#stop();
  }

  /** Ends the phrase while listening goes on. The space bar may have been pressed again before it has ended. */
  async #endPhrase(): Promise<void> {
    await this.#options.client.drainAudio();
    this.#flush();
    if (this.#isSpaceDown && this.#mode === 'hands-free') this.#tellPress();
  }

  /** The microphone is off, perhaps because the client has released it: nobody would hear it any more. */
  released(): void {
    if (this.#mode !== 'off') this.#setMode('off');
  }

  /** Opens the microphone again, because another one was chosen. */
  reopen(): void {
    if (this.#mode !== 'hands-free') return;
    this.#options.client.stopAudio();
    this.#start('hands-free');
  }

  /** The device disappeared, could not be opened, belongs to another tab now, or is not the chosen one. */
  fail(problem: ListeningProblem): void {
    if (problem !== 'fallback') {
      this.#mode = 'off';
      this.#untellPress();
    }
    this.#options.dispatch({ type: 'microphone-problem', problem });
  }

  #start(mode: TalkMode): void {
    const { client, settings, take } = this.#options;
    this.#endTail();
    this.#setMode(mode);
    if (mode === 'held') this.#tellPress();
    take(() => this.#taken());
    client
      .startAudio({ deviceId: settings().microphone })
      .catch((error: unknown) => this.fail(error instanceof MicrophoneError ? error.problem : 'failed'));
  }

  #taken(): void {
    const { client } = this.#options;
    this.#tail = undefined;
    client.stopAudio();
    this.#flush();
    this.fail('elsewhere');
  }

  #stop(): void {
    const { client } = this.#options;
    this.#setMode('off');
    // The last sound is still on its way when the key is released.
    const tail = client.drainAudio().then(() => {
      if (this.#tail !== tail) return;
      this.#tail = undefined;
      client.stopAudio();
      this.#flush();
    });
    this.#tail = tail;
  }

  /** The press was a tap: listening goes on without it. */
  #freeHands(): void {
    this.#untellPress();
    this.#setMode('hands-free');
  }

  #tellPress(): void {
    if (this.#options.needsWake()) this.#isPressTold = this.#options.client.pressed();
  }

  #untellPress(): void {
    if (this.#isPressTold) this.#flush();
  }

  #flush(): void {
    this.#isPressTold = false;
    this.#options.client.flush();
  }

  /** A phrase that was just let go ends now, so that it stays apart from the one that begins. */
  #endTail(): void {
    if (this.#tail === undefined) return;
    this.#tail = undefined;
    this.#flush();
  }

  #setMode(mode: TalkMode): void {
    this.#mode = mode;
    this.#options.dispatch({ type: 'mode', mode });
  }
}
