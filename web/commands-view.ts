import { CommandSearch, countWords } from './command-search.ts';
import { byId, element, KeyedList } from './dom.ts';
import { SearchBox } from './search-box.ts';
import type { CommandInfo, ViewState } from './view-state.ts';

/** So many commands are shown at first; a search, or a button, shows the others. */
const firstShown = 40;

type Shown = Pick<ViewState, 'commands' | 'lit' | 'near' | 'commandProblems' | 'advice'>;

/**
 * Shows what can be said; clicking a phrase says it. The command of the last phrase is lit up, near misses are marked.
 */
export class CommandsView {
  readonly #problems = byId('command-problems', HTMLElement);
  readonly #advices = byId('command-advices', HTMLDetailsElement);
  readonly #advice = byId('command-advice', HTMLElement);
  readonly #parent = byId('commands', HTMLUListElement);
  readonly #more = byId('command-more', HTMLButtonElement);
  readonly #list: KeyedList<CommandInfo>;
  readonly #elements = new Map<string, HTMLLIElement>();
  readonly #search = new CommandSearch();
  readonly #box: SearchBox;
  #query = '';
  #showsAll = false;
  #shown: Shown | undefined;

  constructor(say: (text: string) => void) {
    this.#list = new KeyedList({
      parent: this.#parent,
      keyOf: ({ name }) => name,
      fill: (li, command) => {
        this.#elements.set(command.name, li);
        li.replaceChildren(...commandNodes(command, say));
      },
    });
    this.#box = new SearchBox({
      onQuery: (query) => {
        this.#query = query;
        this.#refresh();
      },
      onEnterList: () => this.#phrases()[0]?.focus(),
    });
    this.#more.addEventListener('click', () => {
      this.#showsAll = true;
      const before = this.#phrases().length;
      this.#refresh();
      this.#phrases()[before]?.focus();
    });
    this.#parent.addEventListener('keydown', (event) => this.#move(event));
  }

  update({ commands, lit, near, commandProblems, advice }: ViewState): void {
    const shown = this.#shown;
    this.#shown = { commands, lit, near, commandProblems, advice };
    if (shown?.commandProblems !== commandProblems) this.#problems.replaceChildren(...items(commandProblems));
    if (shown?.advice !== advice) {
      this.#advice.replaceChildren(...items(advice));
      this.#advices.hidden = advice.length === 0;
    }
    if (shown?.commands !== commands || shown.lit !== lit || shown.near !== near) this.#refresh();
  }

  /** Lists what the search has found. The commands of the last phrase among them are always there, so that
   * they can light up. */
  #refresh(): void {
    if (!this.#shown) return;
    const { commands, lit, near } = this.#shown;
    const isMarked = ({ name }: CommandInfo): boolean => lit.includes(name) || near.includes(name);
    const found = this.#search.find(commands, this.#query);
    const listed = this.#showsAll ? found : found.filter((each, at) => at < firstShown || isMarked(each));
    this.#list.update(listed);
    this.#box.show(countWords(found.length, commands.length), commands.length);
    this.#more.hidden = listed.length === found.length;
    this.#more.textContent = `Show all ${found.length}`;
    for (const { name } of listed) {
      const li = this.#elements.get(name)!;
      const mark = lit.includes(name) ? 'lit' : near.includes(name) ? 'near' : '';
      li.className = `command ${mark}`;
      li.querySelector('.mark')!.textContent = { lit: 'matched', near: 'nearly', '': '' }[mark]!;
    }
  }

  #phrases(): HTMLElement[] {
    return [...this.#parent.querySelectorAll<HTMLElement>('.phrase')];
  }

  /** The arrows go from phrase to phrase, and from the first one back to the search. */
  #move(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const phrases = this.#phrases();
    const at = phrases.indexOf(event.target as HTMLElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    if (at + step < 0) this.#box.focus();
    else phrases[at + step]?.focus();
  }
}

function items(texts: readonly string[]): HTMLElement[] {
  return texts.map((text) => element('li', { dir: 'auto' }, text));
}

function commandNodes({ name, description, contexts, examples }: CommandInfo, say: (text: string) => void): Node[] {
  const title = element(
    'p',
    { class: 'command-name' },
    element('span', { class: 'command-text', dir: 'auto' }, description.replace(/\.$/, '') || name),
    element('span', { class: 'mark' }),
  );
  const phrases = examples
    .slice(0, 2)
    .map((example) =>
      element('button', { type: 'button', class: 'phrase', dir: 'auto', onClick: () => say(example) }, example),
    );
  const where =
    contexts.length === 0 ? [] : [element('p', { class: 'command-contexts' }, `Only in ${contexts.join(', ')}`)];
  return [title, ...where, element('div', { class: 'phrases' }, ...phrases)];
}
