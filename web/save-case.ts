import type { UtteranceTrace } from '../src/trace/utterance-trace.ts';
import { element } from './dom.ts';
import type { WhyRequests, Wish } from './why-requests.ts';
import { commandWords } from './why-trace.ts';

/** Saves the utterance as a test: with one click as it was understood, or as it should have been understood. */
export function saveCaseNode({ id, understood }: UtteranceTrace, requests: Pick<WhyRequests, 'save'>): HTMLElement {
  const status = element('p', { role: 'status', class: 'save-status' });
  const save = (expected: Wish): void => {
    status.textContent = 'Saving …';
    requests.save(id, expected).then(
      (name) => {
        status.textContent = `Saved as ${name}. “heed test” runs it.`;
      },
      (error: unknown) => {
        status.textContent = `Not saved: ${error instanceof Error ? error.message : String(error)}`;
      },
    );
  };
  const commands = understood?.match
    ? [understood.match, ...(understood.also ?? [])].map(({ command, args }) => ({ command, args }))
    : [];
  const asUnderstood = commands.length === 0 ? null : commands.length === 1 ? commands[0]! : commands;
  const words = commands.length === 0 ? 'no command' : commands.map(commandWords).join(', then ');

  const input = element('input', {
    type: 'text',
    id: 'case-words',
    autocomplete: 'off',
    maxlength: '1000',
    spellcheck: 'false',
  });
  const form = element(
    'form',
    {},
    element('label', { for: 'case-words' }, 'It should have been understood as'),
    element('div', { class: 'field' }, input, element('button', { type: 'submit' }, 'Save')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() !== '') save({ say: input.value.trim() });
  });
  return element(
    'div',
    { class: 'save-case' },
    element(
      'div',
      { class: 'save-buttons' },
      element(
        'button',
        { type: 'button', class: 'strong', onClick: () => save(asUnderstood) },
        `Save as a test: ${words}`,
      ),
      ...(asUnderstood === null
        ? []
        : [element('button', { type: 'button', onClick: () => save(null) }, 'Save as: no command')]),
    ),
    form,
    status,
  );
}
