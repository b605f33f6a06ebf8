import type { TalkControl } from './talk-control.ts';

/**
 * Makes the space bar push-to-talk, except where it has another meaning: in fields and dialogs, and on an element that
 * has the keyboard's focus.
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
      (isIn(event, 'input, textarea, select, dialog, [contenteditable]') ||
        (isIn(event, 'button, a, summary') && !isPointing))
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
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) release();
  });
}

function isIn({ target }: Event, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
