import type { HeedClient } from '../client/heed-client.ts';
import { MicrophoneError } from '../client/microphone.ts';
import type { Action, TalkMode } from './view-state.ts';

/** The Talk and Stop buttons, and the space bar as push-to-talk. */
export class TalkControl {
  readonly #client: Pick<HeedClient, 'hold' | 'release' | 'drainAudio' | 'flush'>;
  readonly #dispatch: (action: Action) => void;
  #mode: TalkMode = 'off';

  constructor(
    client: Pick<HeedClient, 'hold' | 'release' | 'drainAudio' | 'flush'>,
    dispatch: (action: Action) => void,
  ) {
    this.#client = client;
    this.#dispatch = dispatch;
  }

  /** Talk starts listening until Stop. Stop also ends the phrase that is being said. */
  toggle(): void {
    if (this.#mode === 'off') this.#start('hands-free');
    else this.#stop();
  }

  /** The space bar was pressed. In hands-free mode nothing happens until it is released. */
  hold(): void {
    if (this.#mode === 'off') this.#start('held');
  }

  /** The space bar was released, so the phrase is over. */
  release(): void {
    if (this.#mode === 'hands-free') void this.#client.drainAudio().then(() => this.#client.flush());
    else if (this.#mode === 'held') this.#stop();
  }

  /** The microphone is off, perhaps because the client has released it: nobody would hear it any more. */
  released(): void {
    if (this.#mode !== 'off') this.#setMode('off');
  }

  /** The device disappeared, or could not be opened. */
  fail(problem: MicrophoneError['problem']): void {
    this.#mode = 'off';
    this.#dispatch({ type: 'microphone-problem', problem });
  }

  #start(mode: TalkMode): void {
    this.#setMode(mode);
    this.#client
      .hold()
      .catch((error: unknown) => this.fail(error instanceof MicrophoneError ? error.problem : 'failed'));
  }

  #stop(): void {
    this.#setMode('off');
    this.#client.release();
  }

  #setMode(mode: TalkMode): void {
    this.#mode = mode;
    this.#dispatch({ type: 'mode', mode });
  }
}

/**
 * Makes the space bar push-to-talk, except where it has another meaning: in fields, and on an element that has the
 * keyboard's focus.
 */
export function bindSpaceBar(control: TalkControl): void {
  let isHeld = false;
  // A button that was clicked has the focus too, but nobody thinks of it then: a space there means talking.
  // `:focus-visible` cannot tell the difference, because pressing the key turns it on.
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
  // The key may be released where this page cannot notice it.
  addEventListener('blur', release);
}

function isIn({ target }: Event, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
