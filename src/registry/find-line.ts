/**
 * Returns the line in a source text that a message is about, counted from 1: where the text that it quotes is found, or
 * else the slot or rule that it names, or the part of the definition. Without any of these, it is the line of the
 * definition itself; undefined when even that is missing.
 */
export function findLine(source: string, message: string, key = 'phrases'): number | undefined {
  const lines = source.replaceAll(/\\(['"`])/g, '$1').split('\n');
  const named = /^(?:Slot \{|Rule <)([^}>]+)[}>]/.exec(message)?.[1];
  const tests = [
    ...quotesIn(message).map((quote) => (line: string) => line.includes(quote)),
    ...[named, key].flatMap((name) => (name === undefined ? [] : propertyTests(name))),
    (line: string) => line.startsWith('export default'),
  ];
  for (const test of tests) {
    const at = lines.findIndex(test);
    if (at >= 0) return at + 1;
  }
  return undefined;
}

/** Returns the quoted parts of a message, longest first. A shortened one counts up to its "…". */
function quotesIn(message: string): string[] {
  const quotes = [...message.matchAll(/"([^"]+)"|'([^']+)'/g)].map((found) =>
    (found[1] ?? found[2]!).replace(/…$/, ''),
  );
  return quotes.filter((quote) => quote.length > 1).sort((a, b) => b.length - a.length);
}

/**
 * Tests for a property of an object: with its value, as a method, or in shorthand. A slot in a phrase, `{name}`, is not
 * a property.
 */
function propertyTests(name: string): ((line: string) => boolean)[] {
  const escaped = name.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, '\\$&');
  return [`(?<![\\p{L}\\p{N}_.])['"]?${escaped}['"]?\\s*[:(]`, `(?<![\\p{L}\\p{N}_.{])${escaped}\\s*[,}]`].map(
    (pattern) => {
      const expression = new RegExp(pattern, 'u');
      return (line) => expression.test(line);
    },
  );
}
