import { byId, element, KeyedList } from './dom.ts';
import type { CommandInfo, ViewState } from './view-state.ts';

/**
 * Shows what can be said; clicking a phrase says it. The command of the last phrase is lit up, near misses are marked.
 */
export class CommandsView {
  readonly #problems = byId('command-problems', HTMLElement);
  readonly #list: KeyedList<CommandInfo>;
  readonly #elements = new Map<string, HTMLLIElement>();
  #shown: Pick<ViewState, 'commands' | 'lit' | 'near' | 'commandProblems'> | undefined;

  constructor(say: (text: string) => void) {
    this.#list = new KeyedList({
      parent: byId('commands', HTMLUListElement),
      keyOf: ({ name }) => name,
      fill: (li, command) => {
        this.#elements.set(command.name, li);
        li.replaceChildren(...commandNodes(command, say));
      },
    });
  }

  update({ commands, lit, near, commandProblems }: ViewState): void {
    const shown = this.#shown;
    this.#shown = { commands, lit, near, commandProblems };
    if (shown?.commands !== commands) this.#list.update(commands);
    if (shown?.commandProblems !== commandProblems) {
      this.#problems.replaceChildren(...commandProblems.map((problem) => element('li', {}, problem)));
    }
    if (shown?.commands === commands && shown.lit === lit && shown.near === near) return;
    for (const [name, li] of this.#elements) {
      const mark = lit.includes(name) ? 'lit' : near.includes(name) ? 'near' : '';
      li.className = `command ${mark}`;
      li.querySelector('.mark')!.textContent = { lit: 'matched', near: 'nearly', '': '' }[mark]!;
    }
  }
}

function commandNodes({ name, description, contexts, examples }: CommandInfo, say: (text: string) => void): Node[] {
  const title = element(
    'p',
    { class: 'command-name' },
    element('span', { class: 'command-text' }, description.replace(/\.$/, '') || name),
    element('span', { class: 'mark' }),
  );
  const phrases = examples
    .slice(0, 2)
    .map((example) => element('button', { type: 'button', class: 'phrase', onClick: () => say(example) }, example));
  const where =
    contexts.length === 0 ? [] : [element('p', { class: 'command-contexts' }, `Only in ${contexts.join(', ')}`)];
  return [title, ...where, element('div', { class: 'phrases' }, ...phrases)];
}
