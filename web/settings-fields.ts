import { element } from './dom.ts';

/** A choice of a list. */
export interface Choice {
  value: string;
  name: string;
}

/** A part of the sheet: its element, and how it shows a value. */
export interface Field<T> {
  element: HTMLElement;
  show: (value: T) => void;
}

/** A list to choose from, with a hint below it. */
export class SelectField {
  readonly element: HTMLElement;
  readonly hint: HTMLElement;
  readonly #select: HTMLSelectElement;

  constructor(id: string, label: string, onChange: (value: string) => void) {
    this.#select = element('select', { id, 'aria-describedby': `${id}-hint` });
    this.#select.addEventListener('change', () => onChange(this.#select.value));
    this.hint = element('div', { class: 'settings-hint', id: `${id}-hint` });
    this.element = element('div', { class: 'settings-field' }, labelFor(id, label), this.#select, this.hint);
  }

  /** Shows the choices, and which of them is chosen. */
  show(choices: readonly Choice[], chosen: string): void {
    const options = choices.map(({ value, name }) => element('option', { value }, name));
    const isSame =
      options.length === this.#select.options.length &&
      options.every((option, index) => option.isEqualNode(this.#select.options[index]!));
    // An open list must not be rebuilt under the pointer.
    if (!isSame) this.#select.replaceChildren(...options);
    this.#select.value = chosen;
  }
}

/** Something that is on or off. */
export function switchField(
  id: string,
  label: string,
  hint: string,
  onChange: (isOn: boolean) => void,
): Field<boolean> {
  const input = element('input', { id, type: 'checkbox', 'aria-describedby': `${id}-hint` });
  input.addEventListener('change', () => onChange(input.checked));
  return {
    element: element(
      'div',
      { class: 'settings-field switch' },
      element('div', { class: 'settings-line' }, input, labelFor(id, label)),
      element('p', { class: 'settings-hint', id: `${id}-hint` }, hint),
    ),
    show: (isOn) => {
      input.checked = isOn;
    },
  };
}

/** Alternatives of which one is chosen. */
export function radioField<T extends string>(
  name: string,
  label: string,
  choices: readonly (Choice & { value: T })[],
  onChange: (value: T) => void,
): Field<T> {
  const inputs = choices.map(({ value }) => {
    const input = element('input', { id: `${name}-${value}`, name, value, type: 'radio' });
    input.addEventListener('change', () => onChange(value));
    return input;
  });
  return {
    element: element(
      'fieldset',
      { class: 'settings-field' },
      element('legend', {}, label),
      ...choices.map((choice, index) =>
        element('div', { class: 'settings-line' }, inputs[index]!, labelFor(inputs[index]!.id, choice.name)),
      ),
    ),
    show: (value) => {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}

/** A number between two ends that have names. */
export function rangeField(
  id: string,
  label: string,
  { ends, hint }: { ends: readonly [string, string]; hint: string },
  onChange: (value: number) => void,
): Field<number> {
  const input = element('input', {
    id,
    type: 'range',
    min: '0',
    max: '1',
    step: '0.05',
    'aria-describedby': `${id}-hint`,
  });
  input.addEventListener('change', () => onChange(input.valueAsNumber));
  return {
    element: element(
      'div',
      { class: 'settings-field' },
      labelFor(id, label),
      input,
      element(
        'p',
        { class: 'settings-ends', 'aria-hidden': 'true' },
        element('span', {}, ends[0]),
        element('span', {}, ends[1]),
      ),
      element('p', { class: 'settings-hint', id: `${id}-hint` }, hint),
    ),
    show: (value) => {
      input.valueAsNumber = value;
      input.setAttribute('aria-valuetext', `${Math.round(100 * value)} percent`);
    },
  };
}

/** A line of text. `problemOf` says why a text cannot be set; an empty answer means that it can. */
export function textField(
  id: string,
  label: string,
  { hint, maxLength, problemOf }: { hint: string; maxLength: number; problemOf: (value: string) => string },
  onChange: (value: string) => void,
): Field<string> {
  const input = element('input', {
    id,
    type: 'text',
    maxlength: String(maxLength),
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    'aria-describedby': `${id}-hint`,
  });
  input.addEventListener('input', () => input.setCustomValidity(''));
  input.addEventListener('change', () => {
    const value = input.value.trim();
    input.setCustomValidity(problemOf(value));
    if (input.reportValidity()) onChange(value);
  });
  return {
    element: element(
      'div',
      { class: 'settings-field' },
      labelFor(id, label),
      input,
      element('p', { class: 'settings-hint', id: `${id}-hint` }, hint),
    ),
    show: (value) => {
      // What is being typed is not yet a setting.
      if (document.activeElement !== input) input.value = value;
    },
  };
}

function labelFor(id: string, label: string): HTMLLabelElement {
  return element('label', { for: id }, label);
}
