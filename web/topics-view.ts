import { byId, element, KeyedList } from './dom.ts';
import { hasHouse } from './house.ts';
import { rowsOf, wordsOf, type Topic, type TopicRow } from './topics.ts';
import type { ViewState } from './view-state.ts';

/** A card with a longer value than this, or with several, takes a row of its own. */
const narrowLength = 40;

/** Shows the state that commands share, a card for each topic. The sample's house has a view of its own. */
export class TopicsView {
  readonly #section = byId('topics', HTMLElement);
  readonly #list: KeyedList<Topic>;
  /** The lines of each card as they were last shown, to find those that changed. */
  readonly #shownRows = new Map<string, Map<string, string>>();
  #shown: readonly unknown[] = [];

  constructor() {
    this.#list = new KeyedList({
      parent: byId('topic-cards', HTMLUListElement),
      keyOf: ({ name }) => name,
      fill: (li, topic) => this.#fill(li, topic),
    });
  }

  update({ topics, commands }: ViewState): void {
    if (this.#shown[0] === topics && this.#shown[1] === commands) return;
    this.#shown = [topics, commands];
    const shown = hasHouse(commands) ? topics.filter(({ name }) => name !== 'house') : topics;
    this.#section.hidden = shown.length === 0;
    this.#list.update(shown);
  }

  #fill(li: HTMLLIElement, { name, value }: Topic): void {
    const before = this.#shownRows.get(name);
    const rows = rowsOf(value);
    const now = new Map(rows.map((row) => [row.path, contentOf(row)]));
    this.#shownRows.set(name, now);
    const isWide = rows.some(({ label, kind, text }) => label !== '' || kind === 'list' || text.length > narrowLength);
    li.className = `card topic${isWide ? ' wide' : ''}`;
    li.replaceChildren(
      element('h3', { dir: 'auto' }, wordsOf(name)),
      element(
        'dl',
        {},
        ...rows.map((row) => rowNode(row, before !== undefined && before.get(row.path) !== now.get(row.path))),
      ),
    );
  }
}

function contentOf({ kind, text, items }: TopicRow): string {
  return JSON.stringify([kind, text, items]);
}

function rowNode(row: TopicRow, isChanged: boolean): Node {
  const { depth, label, kind } = row;
  const classes = ['row', `depth-${depth}`, kind, ...(isChanged ? ['changed'] : []), ...(label === '' ? ['bare'] : [])];
  const name = element('dt', { dir: 'auto' }, label);
  return element('div', { class: classes.join(' ') }, name, element('dd', { dir: 'auto' }, ...valueNodes(row)));
}

function valueNodes({ kind, text, items }: TopicRow): (Node | string)[] {
  if (kind === 'list') {
    return [element('ul', { class: 'items' }, ...items.map((item) => element('li', { dir: 'auto' }, item)))];
  }
  if (kind !== 'time') return [text];
  const time = new Date(text);
  const isToday = time.toDateString() === new Date().toDateString();
  const words = isToday
    ? time.toLocaleTimeString()
    : time.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  return [element('time', { datetime: text }, words)];
}
