import type { Pattern } from './pattern.ts';
import { parseTemplate, TemplateError, visitNames } from './template.ts';
import { tokenize } from './tokenize.ts';

/** Returns the names of the slots in templates and in the rules that they use; a template with an error has none. */
export function slotsIn(templates: readonly string[], rules: ReadonlyMap<string, Pattern>): Set<string> {
  const slots = new Set<string>();
  const followed = new Set<string>();
  const follow = (pattern: Pattern): void =>
    visitNames(pattern, ({ kind, name }) => {
      if (kind === 'slot') slots.add(name);
      else if (!followed.has(name)) {
        followed.add(name);
        const rule = rules.get(name);
        if (rule) follow(rule);
      }
    });
  for (const template of templates) {
    try {
      follow(parseTemplate(template));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
    }
  }
  return slots;
}

/** Whether a pattern can be said with no words at all. Its rules must exist and must not be recursive. */
export function canBeEmpty(
  pattern: Pattern,
  rules: ReadonlyMap<string, Pattern>,
  known = new Map<string, boolean>(),
): boolean {
  const isEmpty = (part: Pattern): boolean => canBeEmpty(part, rules, known);
  switch (pattern.kind) {
    case 'words':
      return tokenize(pattern.text).length === 0;
    case 'optional':
      return true;
    case 'sequence':
    case 'any-order':
      return pattern.parts.every(isEmpty);
    case 'choice':
      return pattern.options.some(isEmpty);
    case 'rule': {
      let answer = known.get(pattern.name);
      if (answer === undefined) known.set(pattern.name, (answer = isEmpty(rules.get(pattern.name)!)));
      return answer;
    }
    case 'slot':
    case 'phrases':
    case 'shared':
    case 'any-words':
      return false;
  }
}
