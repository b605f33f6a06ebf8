/** The name of a slot as one would say it: "living room" for `livingRoom` and `living_room`. */
export function nameInWords(name: string): string {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}
