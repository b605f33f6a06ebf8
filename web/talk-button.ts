import type { TalkControl } from './talk-control.ts';

/** Makes the Talk button work by pressing and holding it, with a finger, a pen, a mouse or the keyboard. */
export function bindTalkButton(button: HTMLButtonElement, control: TalkControl): void {
  let pointer: number | undefined;
  const isOurs = (event: PointerEvent): boolean => event.pointerId === pointer;
  button.addEventListener('pointerdown', (event) => {
    if (pointer !== undefined || !event.isPrimary || event.button !== 0) return;
    pointer = event.pointerId;
    // The finger may slide off the button and is still holding it.
    button.setPointerCapture(pointer);
    control.press(event.timeStamp);
  });
  button.addEventListener('pointerup', (event) => {
    if (!isOurs(event)) return;
    pointer = undefined;
    control.unpress(event.timeStamp);
  });
  const cancel = (): void => {
    if (pointer === undefined) return;
    pointer = undefined;
    control.cancelPress();
  };
  button.addEventListener('pointercancel', cancel);
  button.addEventListener('lostpointercapture', cancel);
  addEventListener('blur', cancel);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) cancel();
  });
  // A finger that rests on the button must not open a menu.
  button.addEventListener('contextmenu', (event) => event.preventDefault());
  button.addEventListener('click', (event) => {
    // Pointers were handled above. Without one it was the keyboard, or a program that speaks for a blind person.
    if (event.detail === 0) control.toggle();
  });
}
