import { nothing, type Node } from './hassil-template.ts';

/** What the names in a template of hassil become. */
export interface Names {
  rule: (name: string) => Node | undefined;
  /** Returns how a rule is called in heed's templates. */
  ruleName: (name: string) => string;
  /** Returns the name of the slot for a list; undefined when nothing can be said for it. */
  slot: (list: string, argument: string, ending: string) => string | undefined;
}

/** One word may be written in this many ways; beyond, its parts become words of their own. */
const maxVariants = 1200;

/** Returns the template in heed's language, or undefined when nothing can be said for it. */
export function toHeed(node: Node, names: Names): string | undefined {
  const alive = withoutDead(node, names);
  return alive && write(alive, names);
}

/** Returns every text that a template without lists stands for. */
export function textsOf(node: Node, names: Pick<Names, 'rule'>): string[] {
  return variantsOf(node, { ...names, ruleName: String, slot: () => undefined }).map((text) =>
    text.replace(/\s+/g, ' ').trim(),
  );
}

/** Takes out the lists that have no values, and what cannot be said without them. */
function withoutDead(node: Node, names: Names): Node | undefined {
  const inside = (parts: readonly Node[]): (Node | undefined)[] => parts.map((part) => withoutDead(part, names));
  switch (node.kind) {
    case 'text':
    case 'space':
      return node;
    case 'list':
      return names.slot(node.list, node.argument, '') === undefined ? undefined : node;
    case 'rule': {
      const rule = names.rule(node.name);
      return rule && withoutDead(rule, names) ? node : undefined;
    }
    case 'choice': {
      const options = inside(node.options).filter((option) => option !== undefined);
      return options.length === 0 ? undefined : { kind: 'choice', options };
    }
    case 'sequence':
    case 'any-order': {
      const parts = inside(node.parts);
      return parts.some((part) => part === undefined) ? undefined : { ...node, parts: parts as Node[] };
    }
  }
}

function write(node: Node, names: Names): string {
  switch (node.kind) {
    case 'text':
    case 'list':
      return joined(variantsOf(node, names));
    case 'space':
      return '';
    case 'rule':
      return `<${names.ruleName(node.name)}>`;
    case 'choice': {
      const options = node.options.map((option) => write(option, names).trim());
      const said = [...new Set(options.filter((option) => option !== ''))];
      if (said.length === 0) return '';
      const all = said.length === 1 ? said[0]! : `(${said.join('|')})`;
      return said.length < options.length && options.includes('') ? `[${all}]` : said.length === 1 ? `(${all})` : all;
    }
    case 'any-order':
      return `(${node.parts.map((part) => write(part, names)).join(';')})`;
    case 'sequence':
      return gluedRuns(node.parts, names)
        .map((run) => writeRun(run, names))
        .filter((part) => part !== '')
        .join(' ');
  }
}

function writeRun(run: readonly Node[], names: Names): string {
  const [first] = run;
  if (run.length === 1) return write(first!, names);
  const variants = variantsOf({ kind: 'sequence', parts: [...run] }, names);
  return variants.length <= maxVariants ? joined(variants) : run.map((part) => write(part, names)).join(' ');
}

/** Writes the ways of saying something that is one word, at least in part. */
function joined(variants: readonly string[]): string {
  // A sign by itself is not a word of heed's; a slot for percentages reads its own.
  const all = [
    ...new Set(
      variants.map((text) =>
        text
          .replace(/(?<=^|\s)%(?=\s|$)/g, '')
          .replace(/\s+/g, ' ')
          .trim(),
      ),
    ),
  ];
  const said = all.filter((text) => text !== '');
  if (said.length === 0) return '';
  const choice = said.length === 1 ? said[0]! : `(${said.join('|')})`;
  return said.length < all.length ? `[${choice}]` : choice;
}

/** Divides a sequence where a space is always between two parts. */
function gluedRuns(parts: readonly Node[], names: Names): Node[][] {
  const runs: Node[][] = [];
  parts.forEach((part, i) => {
    const isGlued = endsSolid(parts.slice(0, i), names) && startsSolid(parts.slice(i), names);
    if (isGlued) runs.at(-1)!.push(part);
    else runs.push([part]);
  });
  return runs;
}

function startsSolid(parts: readonly Node[], names: Names): boolean {
  for (const part of parts) {
    if (edge(part, 'first', names)) return true;
    if (!canBeEmpty(part, names)) return false;
  }
  return false;
}

function endsSolid(parts: readonly Node[], names: Names): boolean {
  for (const part of [...parts].reverse()) {
    if (edge(part, 'last', names)) return true;
    if (!canBeEmpty(part, names)) return false;
  }
  return false;
}

/** Whether a part can begin or end with a letter. */
function edge(node: Node, side: 'first' | 'last', names: Names): boolean {
  switch (node.kind) {
    case 'text':
    case 'list':
      return true;
    case 'space':
      return false;
    case 'rule':
      return edge(names.rule(node.name)!, side, names);
    case 'choice':
      return node.options.some((option) => edge(option, side, names));
    case 'any-order':
      return node.parts.some((part) => edge(part, side, names));
    case 'sequence':
      return side === 'first' ? startsSolid(node.parts, names) : endsSolid(node.parts, names);
  }
}

function canBeEmpty(node: Node, names: Names): boolean {
  switch (node.kind) {
    case 'text':
    case 'list':
    case 'space':
      return false;
    case 'rule':
      return canBeEmpty(names.rule(node.name)!, names);
    case 'choice':
      return node.options.some((option) => canBeEmpty(option, names));
    case 'any-order':
    case 'sequence':
      return node.parts.every((part) => canBeEmpty(part, names));
  }
}

/** Returns every way to say a part; slots stay, with a space around them unless they are inside a word. */
function variantsOf(node: Node, names: Names): string[] {
  return [...new Set(expand(node, names))].map((text) => spaced(text, names));
}

function expand(node: Node, names: Names): string[] {
  switch (node.kind) {
    case 'text':
      return [node.text];
    case 'space':
      return [' '];
    case 'list':
      return [`{${node.list}:${node.argument}}`];
    case 'rule':
      return expand(names.rule(node.name) ?? nothing, names);
    case 'choice':
      return node.options.flatMap((option) => expand(option, names));
    case 'any-order':
      return permutations(node.parts).flatMap((order) =>
        expand({ kind: 'sequence', parts: order.flatMap((part): Node[] => [part, { kind: 'space' }]) }, names),
      );
    case 'sequence': {
      let texts = [''];
      for (const part of node.parts) {
        const next = expand(part, names);
        texts = texts.flatMap((text) => next.map((more) => text + more));
        if (texts.length > maxVariants) texts.length = maxVariants + 1;
      }
      return texts;
    }
  }
}

function spaced(text: string, names: Names): string {
  return text.replace(/\{(.+?):(.+?)\}(\p{L}+|%)?/gu, (_, list: string, argument: string, ending?: string) => {
    const after = ending === undefined || ending === '%' ? '' : ending;
    const glued = after === '' ? undefined : names.slot(list, argument, after);
    return glued === undefined ? ` {${names.slot(list, argument, '') ?? 'none'}} ${after} ` : ` {${glued}} `;
  });
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]));
}
