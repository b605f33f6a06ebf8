/** Shortens a text to a number of characters; never in the middle of one that takes two code units. */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const kept = text.slice(0, maxLength - 1);
  return `${kept.replace(/[\ud800-\udbff]$/, '').trimEnd()}…`;
}
