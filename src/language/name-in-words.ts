/** The name of a slot as it is said: `livingRoom` and `living_room` are "living room". */
export function nameInWords(name: string): string {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}
