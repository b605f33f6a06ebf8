/** Splits a list at its commas into words or phrases. The list may run over several lines. */
export function words(list: string): string[] {
  return list.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' '));
}

/** Returns what is left of a word before each of the endings that it has. */
export function stemsOf(word: string, endings: readonly string[]): string[] {
  return endings.filter((ending) => word.endsWith(ending)).map((ending) => word.slice(0, -ending.length));
}
