import type { HeedClient } from './client.ts';
import { MicrophoneError } from './microphone.ts';
import type { Action, TalkMode } from './view-state.ts';

/** Sound is on its way when the key is let go: the microphone stays open this much longer, ms. */
const releaseTailMs = 150;

/** Talk and Stop, and the space bar as push-to-talk. */
export class TalkControl {
  readonly #client: HeedClient;
  readonly #dispatch: (action: Action) => void;
  #mode: TalkMode = 'off';
  #tail: ReturnType<typeof setTimeout> | undefined;

  constructor(client: HeedClient, dispatch: (action: Action) => void) {
    this.#client = client;
    this.#dispatch = dispatch;
  }

  /** Talk: listens until Stop. Stop ends the phrase that is being said, too. */
  toggle(): void {
    if (this.#mode === 'off') this.#start('hands-free');
    else this.#stop();
  }

  /** Space bar down. While hands-free is on, the bar only marks the end of a phrase. */
  hold(): void {
    if (this.#mode === 'off') this.#start('held');
  }

  /** Space bar up: the phrase is over. */
  release(): void {
    if (this.#mode === 'hands-free') this.#client.flush();
    else if (this.#mode === 'held') this.#stop();
  }

  /** The device is gone, or never came. */
  fail(problem: MicrophoneError['problem']): void {
    this.#mode = 'off';
    this.#dispatch({ type: 'microphone-problem', problem });
  }

  #start(mode: TalkMode): void {
    clearTimeout(this.#tail);
    this.#setMode(mode);
    this.#client
      .startAudio()
      .catch((error: unknown) => this.fail(error instanceof MicrophoneError ? error.problem : 'failed'));
  }

  #stop(): void {
    this.#setMode('off');
    if (this.#client.microphone !== 'on') {
      this.#client.stopAudio();
      return;
    }
    this.#tail = setTimeout(() => {
      this.#client.stopAudio();
      this.#client.flush();
    }, releaseTailMs);
  }

  #setMode(mode: TalkMode): void {
    this.#mode = mode;
    this.#dispatch({ type: 'mode', mode });
  }
}

/**
 * Makes the space bar push-to-talk, except where it has another meaning: in fields, and on what the keyboard has
 * focused.
 */
export function bindSpaceBar(control: TalkControl): void {
  let isHeld = false;
  // A button that was clicked has focus as well, but nobody thinks of it: a space there means talking. `:focus-visible`
  // cannot tell, since the key itself turns it on.
  let isPointing = false;
  addEventListener(
    'pointerdown',
    () => {
      isPointing = true;
    },
    true,
  );
  const release = (): void => {
    if (!isHeld) return;
    isHeld = false;
    control.release();
  };
  addEventListener('keydown', (event) => {
    if (event.code !== 'Space') {
      isPointing = false;
      return;
    }
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (
      !isHeld &&
      (isIn(event, 'input, textarea, select, [contenteditable]') || (isIn(event, 'button, a, summary') && !isPointing))
    )
      return;
    event.preventDefault();
    if (isHeld || event.repeat) return;
    isHeld = true;
    control.hold();
  });
  addEventListener('keyup', (event) => {
    if (event.code !== 'Space' || !isHeld) return;
    event.preventDefault();
    release();
  });
  // The key may be let go where this page cannot see it.
  addEventListener('blur', release);
}

function isIn({ target }: Event, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
