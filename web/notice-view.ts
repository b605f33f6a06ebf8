import { byId, element } from './dom.ts';
import type { ViewState } from './view-state.ts';
import { noticeOf, type Notice } from './words.ts';

/** What a notice can ask for. */
export interface NoticeActions {
  retry: () => void;
  dismiss: () => void;
  /** Opens the page with a pasted address or token. */
  open: (pasted: string) => void;
}

/** Shows in one place what went wrong and what helps. */
export class NoticeView {
  readonly #parent = byId('notice', HTMLElement);
  readonly #actions: NoticeActions;
  #shown = '';

  constructor(actions: NoticeActions) {
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
        ...this.#actionNodes(action),
      ),
    );
  }

  #actionNodes(action: Notice['action']): Node[] {
    if (action === undefined) return [];
    if (action === 'open') return [addressForm(this.#actions.open)];
    const words = action === 'retry' ? 'Try now' : 'Dismiss';
    return [element('button', { type: 'button', onClick: this.#actions[action] }, words)];
  }
}

/** An installed page has no address bar, so that the right address can be pasted here. */
function addressForm(open: (pasted: string) => void): Node {
  const input = element('input', {
    type: 'text',
    'aria-label': 'Address or token',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    maxlength: '1000',
  });
  const field = element('div', { class: 'field' }, input, element('button', { type: 'submit' }, 'Open'));
  const form = element('form', {}, field);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    open(input.value);
  });
  return form;
}
