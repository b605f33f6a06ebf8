import { HeedError } from '../errors.ts';

/** A phrase as a tree. */
export type Pattern =
  | { kind: 'words'; text: string }
  | { kind: 'sequence'; parts: Pattern[] }
  | { kind: 'choice'; options: Pattern[] }
  | { kind: 'optional'; part: Pattern }
  | { kind: 'any-order'; parts: Pattern[] }
  | { kind: 'slot'; name: string; at: number }
  | { kind: 'rule'; name: string; at: number }
  /** Many phrases of plain words, in all their spellings. */
  | { kind: 'phrases'; phrases: Iterable<readonly string[]> }
  /** A pattern without slots and rules that occurs in several places, and is built once. */
  | { kind: 'shared'; part: Pattern }
  /** One or more words of any kind. */
  | { kind: 'any-words'; most: number };

/** How many parts may come in any order. Every order is spelled out, so there must be a limit. */
const maxAnyOrder = 6;
const maxDepth = 64;
const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** A wrong template; `position` is the index of the wrong letter. */
export class TemplateError extends HeedError {
  readonly position: number;

  constructor(template: string, position: number, message: string) {
    super('bad-template', `${message}, at position ${position + 1} of "${shortened(template)}".`);
    this.position = position;
  }
}

/**
 * Reads a phrase template: `[optional]`, `(a|b)`, `(a;b)` in any order, `{slot}`, `<rule>` and plain words, nested to
 * any depth up to `maxDepth`.
 * @throws TemplateError with the position
 */
export function parseTemplate(template: string): Pattern {
  const parser = new TemplateParser(template);
  return parser.parse();
}

class TemplateParser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Pattern {
    const pattern = this.#choice(undefined);
    if (this.#at < this.#text.length) throw this.#error(`"${this.#text[this.#at]!}" closes nothing`);
    return pattern;
  }

  /** Reads options up to the closing bracket, which is left unread. */
  #choice(open: { bracket: string; at: number } | undefined): Pattern {
    if (++this.#depth > maxDepth) throw this.#error(`Brackets are nested deeper than ${maxDepth}`);
    const options = [this.#sequence()];
    let separator: string | undefined;
    for (; this.#text[this.#at] === '|' || this.#text[this.#at] === ';'; options.push(this.#sequence())) {
      const found = this.#text[this.#at]!;
      if (separator !== undefined && found !== separator)
        throw this.#error('"|" and ";" cannot stand side by side; put one of them in its own brackets');
      if (found === ';' && open?.bracket !== '(')
        throw this.#error('";" (any order) belongs inside round brackets, as in (a;b)');
      separator = found;
      this.#at++;
    }
    if (open) this.#close(open);
    this.#depth--;
    if (separator === ';') {
      if (options.length > maxAnyOrder)
        throw new TemplateError(
          this.#text,
          open!.at,
          `At most ${maxAnyOrder} parts can come in any order, but there are ${options.length}`,
        );
      return { kind: 'any-order', parts: options };
    }
    return options.length === 1 ? options[0]! : { kind: 'choice', options };
  }

  #close(open: { bracket: string; at: number }): void {
    const wanted = closing[open.bracket]!;
    const found = this.#text[this.#at];
    if (found === undefined)
      throw new TemplateError(this.#text, open.at, `"${open.bracket}" is never closed by "${wanted}"`);
    if (found !== wanted) throw this.#error(`Expected "${wanted}" here, found "${found}"`);
    this.#at++;
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    for (;;) {
      const at = this.#at;
      const letter = this.#text[at];
      if (letter === undefined || '|;)]}>'.includes(letter)) break;
      if (letter === '(' || letter === '[') {
        this.#at++;
        const part = this.#choice({ bracket: letter, at });
        if (isEmpty(part) && letter === '[')
          throw new TemplateError(this.#text, at, 'There is nothing inside these brackets');
        parts.push(letter === '[' ? { kind: 'optional', part } : part);
      } else if (letter === '{' || letter === '<') parts.push(this.#name(letter));
      else this.#words(parts);
    }
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
  }

  #name(bracket: '{' | '<'): Pattern {
    const at = this.#at;
    const end = this.#text.indexOf(closing[bracket]!, at);
    if (end < 0) throw new TemplateError(this.#text, at, `"${bracket}" is never closed by "${closing[bracket]!}"`);
    const name = this.#text.slice(at + 1, end).trim();
    if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) {
      throw new TemplateError(
        this.#text,
        at,
        `"${name}" is not a valid name: only letters, digits, "_" and "-" are allowed` +
          (name.endsWith('?') ? '; write [{…}] for an optional slot' : ''),
      );
    }
    this.#at = end + 1;
    return bracket === '{' ? { kind: 'slot', name, at } : { kind: 'rule', name, at };
  }

  #words(parts: Pattern[]): void {
    const start = this.#at;
    while (this.#at < this.#text.length && !'()[]{}<>|;'.includes(this.#text[this.#at]!)) this.#at++;
    const text = this.#text.slice(start, this.#at).trim();
    if (text !== '') parts.push({ kind: 'words', text });
  }

  #error(message: string): TemplateError {
    return new TemplateError(this.#text, this.#at, message);
  }
}

function shortened(template: string): string {
  return template.length > 120 ? `${template.slice(0, 120)}…` : template;
}

function isEmpty(pattern: Pattern): boolean {
  return pattern.kind === 'sequence' && pattern.parts.length === 0;
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
