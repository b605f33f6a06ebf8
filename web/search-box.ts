import { byId } from './dom.ts';

/** Fewer commands than this are seen at a glance, and need no search. */
const minCommands = 7;

/** What the search asks of the list. */
export interface SearchBoxOptions {
  onQuery: (query: string) => void;
  /** Moves the focus to the first phrase of the list. */
  onEnterList: () => void;
}

/** The field that filters the list: "/" goes there, Escape empties it, and the down arrow goes on to what was found. */
export class SearchBox {
  readonly #box = byId('command-search', HTMLElement);
  readonly #input = byId('command-filter', HTMLInputElement);
  readonly #count = byId('command-count', HTMLElement);

  constructor({ onQuery, onEnterList }: SearchBoxOptions) {
    this.#input.addEventListener('input', () => onQuery(this.#input.value));
    this.#input.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (event.key === 'Escape' && this.#input.value !== '') {
        event.preventDefault();
        this.#input.value = '';
        onQuery('');
      } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
        event.preventDefault();
        onEnterList();
      }
    });
    addEventListener('keydown', (event) => {
      const { target, ctrlKey, metaKey, altKey, key } = event;
      if (key !== '/' || ctrlKey || metaKey || altKey || event.isComposing || this.#box.hidden) return;
      if (target instanceof Element && target.closest('input, textarea, select, [contenteditable]')) return;
      event.preventDefault();
      this.focus();
    });
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** Shows the number of commands found among all, and hides the field where nobody needs it. */
  show(words: string, commandCount: number): void {
    this.#box.hidden = commandCount < minCommands && this.#input.value === '';
    if (this.#count.textContent !== words) this.#count.textContent = words;
  }
}
