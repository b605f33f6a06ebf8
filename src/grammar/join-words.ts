import type { Pattern, SlotPattern } from './pattern.ts';
import { TemplateError } from './template-error.ts';
import { lettersAt, unreadSign } from './word-edges.ts';

/** A template as it is written: the spaces around its parts are still there. */
export type Written =
  | { kind: 'words'; text: string; at: number }
  | { kind: 'sequence'; parts: Written[] }
  | { kind: 'choice'; options: Written[] }
  | { kind: 'optional'; part: Written }
  | { kind: 'any-order'; parts: Written[]; at: number }
  | { kind: 'slot'; name: string; at: number }
  | { kind: 'rule'; name: string; at: number };

type Text = Extract<Written, { kind: 'words' }>;
type Named = Extract<Written, { name: string }>;
type Atom = Text | Named;

/** In how many ways one word with brackets may be written. Each of them is spelled out, so there must be a limit. */
const maxWays = 256;

/**
 * Makes one word of what has no space between it: `light[s]` becomes the words "light" and "lights", and `{device}s` a
 * slot whose values end with that letter.
 * @throws TemplateError where that is not possible
 */
export function joinWords(written: Written, template: string): Pattern {
  switch (written.kind) {
    case 'words':
      return plainWords(written.text, written.at, template);
    case 'slot':
    case 'rule':
      return written;
    case 'optional':
      return { kind: 'optional', part: joinWords(written.part, template) };
    case 'choice':
      return { kind: 'choice', options: written.options.map((option) => joinWords(option, template)) };
    case 'any-order':
      return { kind: 'any-order', parts: written.parts.map((part) => joinWords(part, template)) };
    case 'sequence': {
      const parts = regionsOf(written.parts).map((region) =>
        region.length === 1 ? joinWords(region[0]!, template) : joinRegion(region, template),
      );
      return sequence(parts);
    }
  }
}

function sequence(parts: readonly Pattern[]): Pattern {
  const full = parts.filter((part) => part.kind !== 'sequence' || part.parts.length > 0);
  return full.length === 1 ? full[0]! : { kind: 'sequence', parts: full };
}

function plainWords(text: string, at: number, template: string): Pattern {
  const sign = unreadSign(text);
  if (sign) {
    throw new TemplateError(
      template,
      at + sign.at,
      `The sign "${sign.sign}" is not read as a word; write what people say for it`,
    );
  }
  const trimmed = text.trim();
  return trimmed === '' ? { kind: 'sequence', parts: [] } : { kind: 'words', text: trimmed };
}

/** Groups the parts that share a word. What may be left out joins the parts on both of its sides. */
function regionsOf(parts: readonly Written[]): Written[][] {
  const regions: Written[][] = [];
  let end = 0;
  parts.forEach((part, i) => {
    if (i >= end) regions.push([]);
    regions.at(-1)!.push(part);
    if (!touches(part, 'end')) return;
    for (let next = i + 1; next < parts.length; next++) {
      if (touches(parts[next]!, 'start')) end = Math.max(end, next + 1);
      if (!canBeEmpty(parts[next]!)) break;
    }
  });
  return regions;
}

/** Whether a part may begin or end in the middle of a word. */
function touches(part: Written, side: 'start' | 'end'): boolean {
  switch (part.kind) {
    case 'words':
      return lettersAt(part.text, side) !== undefined;
    case 'slot':
    case 'rule':
      return true;
    case 'optional':
      return touches(part.part, side);
    case 'choice':
      return part.options.some((option) => touches(option, side));
    case 'any-order':
      return part.parts.some((one) => touches(one, side));
    case 'sequence': {
      const parts = side === 'start' ? part.parts : part.parts.toReversed();
      const first = parts.findIndex((one) => !canBeEmpty(one));
      return parts.slice(0, first < 0 ? undefined : first + 1).some((one) => touches(one, side));
    }
  }
}

function canBeEmpty(part: Written): boolean {
  switch (part.kind) {
    case 'optional':
      return true;
    case 'choice':
      return part.options.some(canBeEmpty);
    case 'sequence':
    case 'any-order':
      return part.parts.every(canBeEmpty);
    default:
      return false;
  }
}

function joinRegion(parts: readonly Written[], template: string): Pattern {
  const ways = waysOf({ kind: 'sequence', parts: [...parts] }, template);
  const patterns = ways.map((way) => joinAtoms(way, template));
  return patterns.length === 1 ? patterns[0]! : { kind: 'choice', options: patterns };
}

/** Spells out every way to write a part. */
function waysOf(part: Written, template: string): Atom[][] {
  switch (part.kind) {
    case 'words':
    case 'slot':
    case 'rule':
      return [[part]];
    case 'optional':
      return [[], ...waysOf(part.part, template)];
    case 'choice':
      return part.options.flatMap((option) => waysOf(option, template));
    case 'any-order':
      throw new TemplateError(template, part.at, 'Parts in any order cannot be inside a word; put spaces around them');
    case 'sequence': {
      let ways: Atom[][] = [[]];
      for (const one of part.parts) {
        const next = waysOf(one, template);
        if (ways.length * next.length > maxWays) {
          throw new TemplateError(
            template,
            positionOf(part),
            `There are more than ${maxWays} ways to write what has no space in it here; put spaces between its words`,
          );
        }
        ways = ways.flatMap((way) => next.map((more) => [...way, ...more]));
      }
      return ways;
    }
  }
}

function positionOf(part: Written): number {
  switch (part.kind) {
    case 'optional':
      return positionOf(part.part) - 1;
    case 'choice':
      return positionOf(part.options[0]!) - 1;
    case 'sequence':
      return part.parts[0] ? positionOf(part.parts[0]) : 0;
    default:
      return part.at;
  }
}

/** Gives each slot the letters beside it. */
function joinAtoms(atoms: readonly Atom[], template: string): Pattern {
  const parts: Pattern[] = [];
  let text = '';
  let last: SlotPattern | Extract<Pattern, { kind: 'rule' }> | undefined;
  let textAt = 0;
  const flush = (): void => {
    if (text !== '') parts.push(plainWords(text, textAt, template));
    text = '';
  };
  const takeText = (next: Named | undefined): void => {
    const after = last && lettersAt(text, 'start');
    const before = next && lettersAt(text, 'end');
    if (last && after) attach(last, 'after', after, template);
    if (after && before && after.length === text.length)
      throw new TemplateError(
        template,
        textAt,
        `"${after}" cannot be one word with what is before it and after it; put a space on one side`,
      );
    const rest = text.slice(after?.length ?? 0, text.length - (before?.length ?? 0));
    const used = after?.length ?? 0;
    text = rest;
    textAt += used;
    flush();
    if (!next) return;
    const node = { ...next };
    if (before) attach(node, 'before', before, template);
    parts.push(node);
    last = node;
  };
  for (const atom of atoms) {
    if (atom.kind === 'words') {
      if (text === '') textAt = atom.at;
      text += atom.text;
    } else {
      if (last && text === '') last.touches = true;
      takeText(atom);
    }
  }
  takeText(undefined);
  return sequence(parts);
}

function attach(
  node: Pattern & { name: string; at: number },
  side: 'before' | 'after',
  letters: string,
  template: string,
): void {
  if (node.kind === 'slot') node[side] = letters.trim();
  else
    throw new TemplateError(
      template,
      node.at,
      `The rule <${node.name}> cannot be one word with "${letters.trim()}"; put a space between them`,
    );
}
