import { byId, element } from './dom.ts';
import type { ViewState } from './view-state.ts';
import { noticeOf } from './words.ts';

/** Shows in one place what went wrong and what helps. */
export class NoticeView {
  readonly #parent = byId('notice', HTMLElement);
  readonly #actions: { retry: () => void; dismiss: () => void };
  #shown = '';

  constructor(actions: { retry: () => void; dismiss: () => void }) {
    this.#actions = actions;
  }

  update(state: ViewState): void {
    const notice = noticeOf(state);
    const key = JSON.stringify(notice ?? null);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#parent.replaceChildren();
    if (!notice) return;
    const { action } = notice;
    this.#parent.append(
      element(
        'div',
        { class: 'card notice' },
        element('p', { class: 'notice-title' }, notice.title),
        element('p', { dir: 'auto' }, notice.help),
        ...(action === undefined
          ? []
          : [
              element(
                'button',
                { type: 'button', onClick: this.#actions[action] },
                action === 'retry' ? 'Try now' : 'Dismiss',
              ),
            ]),
      ),
    );
  }
}
