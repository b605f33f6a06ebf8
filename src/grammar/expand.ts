import type { Pattern } from './pattern.ts';
import { parseTemplate, TemplateError } from './template.ts';

const maxWays = 1_000;
const bracket = /[()[\]{}<>|;]/;

/**
 * Returns every phrase that a template of plain words stands for.
 * @throws TemplateError when the template is wrong, has a slot or a rule, or stands for too much
 */
export function expandTemplate(template: string): readonly string[] {
  return bracket.test(template) ? expand(parseTemplate(template), template) : [template];
}

function expand(pattern: Pattern, template: string): string[] {
  switch (pattern.kind) {
    case 'words':
      return [pattern.text];
    case 'optional':
      return ['', ...expand(pattern.part, template)];
    case 'choice':
      return limited(
        pattern.options.flatMap((option) => expand(option, template)),
        template,
      );
    case 'sequence':
      return inOrder(
        pattern.parts.map((part) => expand(part, template)),
        template,
      );
    case 'any-order': {
      const parts = pattern.parts.map((part) => expand(part, template));
      return limited(
        permutations(parts).flatMap((order) => inOrder(order, template)),
        template,
      );
    }
    case 'slot':
    case 'rule':
      throw new TemplateError(template, pattern.at, 'A value can have neither slots nor rules');
    default:
      return [];
  }
}

function inOrder(parts: readonly string[][], template: string): string[] {
  return parts.reduce(
    (before, part) =>
      limited(
        before.flatMap((one) => part.map((next) => `${one} ${next}`.trim())),
        template,
      ),
    [''],
  );
}

function limited(phrases: string[], template: string): string[] {
  if (phrases.length > maxWays)
    throw new TemplateError(template, 0, `This stands for more than ${maxWays} phrases; use fewer brackets`);
  return phrases;
}

function permutations<T>(items: readonly T[]): T[][] {
  return items.length < 2
    ? [[...items]]
    : items.flatMap((item, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]));
}
