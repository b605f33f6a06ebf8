/** A sentence template of hassil as a tree. Unlike in heed's templates, spaces matter: "light[s]" is one word. */
export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'space' }
  | { kind: 'sequence'; parts: Node[] }
  | { kind: 'choice'; options: Node[] }
  | { kind: 'any-order'; parts: Node[] }
  | { kind: 'list'; list: string; argument: string }
  | { kind: 'rule'; name: string };

/** The choice of nothing, which makes a choice optional. */
export const nothing: Node = { kind: 'sequence', parts: [] };

const special = '()[]{}<>|; \n\t';

/** Reads a template of hassil. */
export function parseHassil(template: string): Node {
  let at = 0;
  const choice = (): Node => {
    const options = [sequence()];
    const separator = template[at];
    while (template[at] === '|' || template[at] === ';') {
      at++;
      options.push(sequence());
    }
    if (options.length === 1) return options[0]!;
    return separator === ';' ? { kind: 'any-order', parts: options } : { kind: 'choice', options };
  };
  const sequence = (): Node => {
    const parts: Node[] = [];
    while (at < template.length && !'|;)]'.includes(template[at]!)) parts.push(part());
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
  };
  const part = (): Node => {
    const letter = template[at++]!;
    if (letter === '(' || letter === '[') {
      const inside = choice();
      at++;
      return letter === '(' ? inside : { kind: 'choice', options: [inside, nothing] };
    }
    if (letter === '{' || letter === '<') {
      const end = template.indexOf(letter === '{' ? '}' : '>', at);
      const name = template.slice(at, end).trim();
      at = end + 1;
      if (letter === '<') return { kind: 'rule', name };
      const [list, argument = list] = name.split(':') as [string, string?];
      return { kind: 'list', list, argument };
    }
    if (/\s/.test(letter)) {
      while (/\s/.test(template[at] ?? '')) at++;
      return { kind: 'space' };
    }
    const start = at - 1;
    while (at < template.length && !special.includes(template[at]!)) at++;
    return { kind: 'text', text: template.slice(start, at) };
  };
  return choice();
}
