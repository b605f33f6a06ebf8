/**
 * The line in a source text that a message is about, from 1: where the text that it quotes stands, or the slot or rule
 * that it names, or the part of the definition. Without any of these the definition itself; undefined when even that is
 * not there.
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

/** Quoted parts of a message, longest first; a shortened one counts up to its "…". */
function quotesIn(message: string): string[] {
  const quotes = [...message.matchAll(/"([^"]+)"|'([^']+)'/g)].map((found) =>
    (found[1] ?? found[2]!).replace(/…$/, ''),
  );
  return quotes.filter((quote) => quote.length > 1).sort((a, b) => b.length - a.length);
}

/** Ways a property stands in an object: with its value or as a method, or alone, which `{name}` in a phrase is not. */
function propertyTests(name: string): ((line: string) => boolean)[] {
  const escaped = name.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, '\\$&');
  return [`(?<![\\p{L}\\p{N}_.])['"]?${escaped}['"]?\\s*[:(]`, `(?<![\\p{L}\\p{N}_.{])${escaped}\\s*[,}]`].map(
    (pattern) => {
      const expression = new RegExp(pattern, 'u');
      return (line) => expression.test(line);
    },
  );
}
