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

  #promptNode({ id, kind, text }: Prompt): Node {
    const questionId = `question-${id}`;
    const question = element('p', { class: 'question', id: questionId, dir: 'auto' }, text);
    const send = (answer: string): void => this.#answer(id, answer);
    if (kind === 'confirm') {
      return element(
        'div',
        { class: 'card prompt', role: 'group', 'aria-labelledby': questionId },
        question,
        element(
          'div',
          { class: 'answers' },
          element('button', { type: 'button', class: 'strong', onClick: () => send('yes') }, 'Yes'),
          element('button', { type: 'button', onClick: () => send('no') }, 'No'),
        ),
      );
    }
    const input = element('input', {
      type: 'text',
      'aria-labelledby': questionId,
      dir: 'auto',
      autocomplete: 'off',
      maxlength: '500',
    });
    const form = element(
      'form',
      { class: 'card prompt' },
      question,
      element('div', { class: 'field' }, input, element('button', { type: 'submit', class: 'strong' }, 'Answer')),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (input.value.trim() !== '') send(input.value.trim());
    });
    return form;
  }
}
