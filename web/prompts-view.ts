import { byId, element } from './dom.ts';
import type { Prompt, ViewState } from './view-state.ts';

/**
 * Shows the questions of running commands, with buttons or a field for the answer; they can also be answered by voice.
 */
export class PromptsView {
  readonly #parent = byId('prompts', HTMLElement);
  readonly #answer: (promptId: string, text: string) => void;
  #shown: Prompt[] = [];

  constructor(answer: (promptId: string, text: string) => void) {
    this.#answer = answer;
  }

  update({ prompts }: ViewState): void {
    if (prompts === this.#shown) return;
    this.#shown = prompts;
    const hadFocus = this.#parent.contains(document.activeElement);
    this.#parent.replaceChildren(...prompts.map((prompt) => this.#promptNode(prompt)));
    if (hadFocus) this.#parent.querySelector<HTMLElement>('button, input')?.focus();
  }

  #promptNode({ id, kind, text, options, pin }: Prompt): Node {
    const questionId = `question-${id}`;
    const question = element('p', { class: 'question', id: questionId, dir: 'auto' }, text);
    const send = (answer: string): void => this.#answer(id, answer);
    const button = (answer: string, label: string, isStrong = false): Node =>
      element(
        'button',
        { type: 'button', ...(isStrong ? { class: 'strong' } : {}), onClick: () => send(answer) },
        label,
      );
    const buttons =
      kind === 'confirm'
        ? [...(pin === 'required' ? [] : [button('yes', 'Yes', true)]), button('no', 'No')]
        : (options ?? []).map((option) => button(option, option));
    const answers = buttons.length > 0 ? [element('div', { class: 'answers' }, ...buttons)] : [];
    const field = pin ? pinField(send) : answerField(questionId, send);
    return element(
      'div',
      { class: 'card prompt', role: 'group', 'aria-labelledby': questionId },
      question,
      ...answers,
      ...(kind === 'ask' || pin ? [field] : []),
    );
  }
}

function answerField(questionId: string, send: (answer: string) => void): Node {
  const input = element('input', {
    type: 'text',
    'aria-labelledby': questionId,
    dir: 'auto',
    autocomplete: 'off',
    maxlength: '500',
  });
  return formOf(input, send);
}

/** Shows no digits, is emptied as soon as they are sent, and asks the browser not to keep them. */
function pinField(send: (answer: string) => void): Node {
  const input = element('input', {
    type: 'password',
    'aria-label': 'PIN',
    placeholder: 'PIN',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    maxlength: '12',
  });
  return formOf(input, (pin) => {
    input.value = '';
    send(pin);
  });
}

function formOf(input: HTMLInputElement, send: (answer: string) => void): Node {
  const button = element('button', { type: 'submit', class: 'strong' }, 'Answer');
  const form = element('form', {}, element('div', { class: 'field' }, input, button));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() !== '') send(input.value.trim());
  });
  return form;
}
