/** The words or phrases of a list that is written with commas between them, over as many lines as it takes. */
export function words(list: string): string[] {
  return list.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' '));
}
