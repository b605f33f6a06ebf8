/** Splits a list at its commas into words or phrases. The list may run over several lines. */
export function words(list: string): string[] {
  return list.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' '));
}
