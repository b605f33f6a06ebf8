import { parseTemplate, templatesFor, type Grammar, type GrammarCommand, type Pattern } from '../grammar/index.ts';

/** A sentence of a command, in which slots still lack their values. */
export type Skeleton = readonly (string | { readonly slot: string })[];

/** How many sentences are made of one template. */
const maxPerTemplate = 24;
/** How deep rules may lie in each other. */
const maxDepth = 8;

/**
 * Returns sentences that a command can be given in, as its examples and its templates have them: of each template one
 * for every set of slots, without words that may be left out. Sentences with free text are left out, since nobody can
 * tell where in other words it begins.
 */
export function skeletonsOf(command: GrammarCommand, grammar: Grammar): Skeleton[] {
  const examples = (command.examples ?? []).flatMap(({ say }) => ofExample(say, command, grammar));
  const templates = templatesFor(command, grammar.language.code).flatMap((template) => ofTemplate(template, command));
  const isFree = (skeleton: Skeleton): boolean =>
    skeleton.some((part) => typeof part !== 'string' && command.slots[part.slot]?.type === 'text');
  const all = new Map([...examples, ...templates].map((skeleton) => [JSON.stringify(skeleton), skeleton]));
  return [...all.values()].filter((skeleton) => skeleton.length > 0 && !isFree(skeleton));
}

/** An example says the command as people do; the words of its slots make room for other values. */
function ofExample(say: string, command: GrammarCommand, grammar: Grammar): Skeleton[] {
  const words = grammar.tokenize(say);
  const parse = grammar.walk(words).parses.find((found) => found.command.name === command.name);
  if (!parse) return [];
  const parts: (string | { slot: string })[] = [];
  let at = 0;
  for (const { name, words: value } of parse.captures) {
    const from = indexOfWords(words, value, at);
    if (from < 0) return [];
    parts.push(...words.slice(at, from), { slot: name });
    at = from + value.length;
  }
  return [[...parts, ...words.slice(at)]];
}

function indexOfWords(words: readonly string[], wanted: readonly string[], start: number): number {
  for (let from = start; from + wanted.length <= words.length; from++)
    if (wanted.every((word, i) => words[from + i] === word)) return from;
  return -1;
}

function ofTemplate(template: string, command: GrammarCommand): Skeleton[] {
  const bySlots = new Map<string, Skeleton>();
  for (const skeleton of expand(parseTemplate(template), command, 0)) {
    const slots = JSON.stringify(skeleton.filter((part) => typeof part !== 'string'));
    if (!bySlots.has(slots)) bySlots.set(slots, skeleton);
  }
  return [...bySlots.values()];
}

function expand(pattern: Pattern, command: GrammarCommand, depth: number): Skeleton[] {
  switch (pattern.kind) {
    case 'words':
      return [pattern.text.split(/\s+/)];
    case 'slot':
      // The letters that would join the value are not those that were said.
      return pattern.before === undefined && pattern.after === undefined ? [[{ slot: pattern.name }]] : [];
    case 'shared':
      return expand(pattern.part, command, depth);
    case 'rule':
      return depth < maxDepth ? expand(parseTemplate(command.rules?.[pattern.name] ?? ''), command, depth + 1) : [];
    case 'optional': {
      const filled = expand(pattern.part, command, depth).filter((one) => one.some((part) => typeof part !== 'string'));
      return [[], ...filled];
    }
    case 'choice':
      return pattern.options.flatMap((option) => expand(option, command, depth)).slice(0, maxPerTemplate);
    case 'sequence':
    case 'any-order':
      return pattern.parts.reduce<Skeleton[]>(
        (heads, part) => {
          const tails = expand(part, command, depth);
          return heads.flatMap((head) => tails.map((tail) => [...head, ...tail])).slice(0, maxPerTemplate);
        },
        [[]],
      );
    case 'phrases':
    case 'any-words':
      return [];
  }
}
