import { joinWords, type Written } from './join-words.ts';
import type { Pattern } from './pattern.ts';
import { TemplateError } from './template-error.ts';

export { visitNames, type Pattern } from './pattern.ts';
export { TemplateError };

/** How many parts may come in any order. Every order is spelled out, so there must be a limit. */
const maxAnyOrder = 6;
const maxDepth = 64;
const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/**
 * Reads a phrase template: `[optional]`, `(a|b)`, `(a;b)` in any order, `{slot}`, `<rule>` and plain words, nested to
 * any depth up to `maxDepth`. What has no space between it is one word: `light[s]`.
 * @throws TemplateError with the position
 */
export function parseTemplate(template: string): Pattern {
  return joinWords(new TemplateParser(template).parse(), template);
}

class TemplateParser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Written {
    const pattern = this.#choice(undefined);
    if (this.#at < this.#text.length) throw this.#error(`"${this.#text[this.#at]!}" closes nothing`);
    return pattern;
  }

  /** Reads options up to the closing bracket, which is left unread. */
  #choice(open: { bracket: string; at: number } | undefined): Written {
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
      return { kind: 'any-order', parts: options, at: open!.at };
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

  #sequence(): Written {
    const parts: Written[] = [];
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

  #name(bracket: '{' | '<'): Written {
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

  #words(parts: Written[]): void {
    const start = this.#at;
    while (this.#at < this.#text.length && !'()[]{}<>|;'.includes(this.#text[this.#at]!)) this.#at++;
    parts.push({ kind: 'words', text: this.#text.slice(start, this.#at), at: start });
  }

  #error(message: string): TemplateError {
    return new TemplateError(this.#text, this.#at, message);
  }
}

function isEmpty(pattern: Written): boolean {
  if (pattern.kind === 'words') return pattern.text.trim() === '';
  return pattern.kind === 'sequence' && pattern.parts.every(isEmpty);
}
