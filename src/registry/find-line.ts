/** The line in a source text that a message is about, from 1: where the text that it quotes or the slot or rule that it names stands. */
export function findLine(source: string, message: string, key = 'phrases'): number | undefined {
  const lines = source.replaceAll(/\\(['"`])/g, '$1').split('\n');
  for (const quote of quotesIn(message)) {
    const at = lines.findIndex((line) => line.includes(quote));
    if (at >= 0) return at + 1;
  }
  const named = /^(?:Slot \{|Rule <)([^}>]+)[}>]/.exec(message)?.[1];
  for (const name of [named, key]) {
    const at = name === undefined ? -1 : lines.findIndex((line) => line.includes(name) && propertyOf(name).test(line));
    if (at >= 0) return at + 1;
  }
  return undefined;
}

/** Quoted parts of a message, longest first; a shortened one counts up to its "…". */
function quotesIn(message: string): string[] {
  const quotes = [...message.matchAll(/"([^"]+)"|'([^']+)'/g)].map((found) => (found[1] ?? found[2]!).replace(/…$/, ''));
  return quotes.filter((quote) => quote.length > 1).sort((a, b) => b.length - a.length);
}

function propertyOf(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])['"]?${name.replaceAll(/[^\p{L}\p{N}_]/gu, '\\$&')}['"]?\\s*[:(,}]`, 'u');
}
