/** Returns an element of the page that must exist. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`The page has no ${kind.name} with the id "${id}".`);
  return element;
}

/** What `element` sets: attributes by name, and a click handler. */
export interface ElementOptions {
  [attribute: string]: string | (() => void) | undefined;
  onClick?: () => void;
}

/** Creates an HTML element. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  applyOptions(created, options);
  created.append(...children);
  return created;
}

/** Creates an SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: Node[]
): SVGElementTagNameMap[K] {
  const created = document.createElementNS('http://www.w3.org/2000/svg', tag);
  applyOptions(created, options);
  created.append(...children);
  return created;
}

function applyOptions(created: Element, { onClick, ...attributes }: ElementOptions): void {
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === 'string') created.setAttribute(name, value);
  if (onClick) created.addEventListener('click', onClick);
}

/** What a list shows. */
export interface KeyedListOptions<T> {
  parent: HTMLElement;
  keyOf: (item: T) => string;
  /** Fills the item's element, which is kept as long as an item has its key. */
  fill: (element: HTMLLIElement, item: T) => void;
}

/** A list that updates only the items that have changed (as objects), so that focus and animations stay. */
export class KeyedList<T> {
  readonly #options: KeyedListOptions<T>;
  #shown = new Map<string, { item: T; element: HTMLLIElement }>();

  constructor(options: KeyedListOptions<T>) {
    this.#options = options;
  }

  update(items: readonly T[]): void {
    const { parent, keyOf, fill } = this.#options;
    const next = new Map<string, { item: T; element: HTMLLIElement }>();
    items.forEach((item, index) => {
      const key = keyOf(item);
      const shown = this.#shown.get(key);
      const li = shown?.element ?? element('li');
      if (shown?.item !== item) fill(li, item);
      if (parent.children[index] !== li) parent.insertBefore(li, parent.children[index] ?? null);
      next.set(key, { item, element: li });
    });
    for (const [key, { element: li }] of this.#shown) if (!next.has(key)) li.remove();
    this.#shown = next;
  }
}
