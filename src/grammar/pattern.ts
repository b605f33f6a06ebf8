/** A phrase as a tree. */
export type Pattern =
  | { kind: 'words'; text: string }
  | { kind: 'sequence'; parts: Pattern[] }
  | { kind: 'choice'; options: Pattern[] }
  | { kind: 'optional'; part: Pattern }
  | { kind: 'any-order'; parts: Pattern[] }
  | SlotPattern
  | { kind: 'rule'; name: string; at: number; touches?: boolean }
  /** Many phrases of plain words, in all their spellings. With `areAlike`, many of them have the same endings. */
  | { kind: 'phrases'; phrases: Iterable<readonly string[]>; areAlike?: boolean }
  /** A pattern without slots and rules that occurs in several places, and is built once. */
  | { kind: 'shared'; part: Pattern }
  /** One or more words of any kind. */
  | { kind: 'any-words'; most: number };

/** A slot where a template names it. */
export interface SlotPattern {
  kind: 'slot';
  name: string;
  /** The position of its bracket. */
  at: number;
  /** Letters that are one word with the first or the last word of the value, as in `[un]{verb}` and `{device}s`. */
  before?: string;
  after?: string;
  /** Whether another slot or a rule follows without a space. */
  touches?: boolean;
}

/** Calls `visit` for every slot and rule in a pattern. */
export function visitNames(pattern: Pattern, visit: (pattern: Extract<Pattern, { name: string }>) => void): void {
  switch (pattern.kind) {
    case 'slot':
    case 'rule':
      return visit(pattern);
    case 'optional':
      return visitNames(pattern.part, visit);
    case 'sequence':
    case 'any-order':
      return pattern.parts.forEach((part) => visitNames(part, visit));
    case 'choice':
      return pattern.options.forEach((part) => visitNames(part, visit));
    case 'words':
    case 'phrases':
    case 'shared':
    case 'any-words':
  }
}
