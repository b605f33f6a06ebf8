import { templatesFor, type GrammarCommand } from '../grammar/index.ts';
import { adviceOn, type Advice } from './advice.ts';
import { spokenValues } from './spoken-values.ts';

/** How many values of one list are told; a list of part numbers would fill pages. */
const maxToldPerList = 5;
/** Nobody says more words than these for one value. */
const maxWords = 10;

/** Finds values of lists that nobody can say as they are written, and words of phrases like that. */
export function findUnspeakable(command: GrammarCommand, language: string): Advice[] {
  const ofSlots = Object.entries(command.slots).flatMap(([name, slot]) => {
    const strange: Advice[] = [];
    for (const { said } of spokenValues(slot, language)) {
      const why = whyUnspeakable(said);
      if (why === undefined) continue;
      const fix = `Give it words: { value: …, say: ['${nearestWords(said)}'] }.`;
      strange.push(adviceOn(command, 'unspeakable', `Slot {${name}}: "${said}" ${why}.`, fix));
      if (strange.length >= maxToldPerList) break;
    }
    return strange;
  });
  const ofPhrases = templatesFor(command, language).flatMap((template) => {
    const words = template.replace(/[{<][^}>]*[}>]/g, ' ').split(/[\s()[\]|;]+/);
    const word = words.find((each) => whyUnspeakable(each) !== undefined);
    if (word === undefined) return [];
    const message = `"${word}" in "${template}" ${whyUnspeakable(word)!}.`;
    return [adviceOn(command, 'unspeakable', message, `Write it as it is said, such as "${nearestWords(word)}".`)];
  });
  return [...ofSlots, ...ofPhrases];
}

/** Returns in words why a value can't be said as it is written; undefined when it can. */
function whyUnspeakable(said: string): string | undefined {
  const words = said.split(/\s+/);
  if (words.length > maxWords) return `has ${words.length} words, more than anybody says in one breath`;
  if (/\p{Extended_Pictographic}/u.test(said)) return 'has a picture in it, which nobody says';
  if (/[\p{L}\p{N}][_/\\@=~|^][\p{L}\p{N}]|[\p{L}]\.[\p{L}]{2,}(?!\.)/u.test(said))
    return 'has a sign inside a word, which speakers leave out or say in many ways';
  for (const word of words) {
    if (/\d{5,}/.test(word)) return 'is a long row of digits, which people say in many ways';
    if ((word.match(/\p{L}(?=\d)|\d(?=\p{L})/gu) ?? []).length > 1) return 'mixes letters and digits';
    // Short ones, such as "TV" and "HTML", are read letter by letter and written like this by the recogniser.
    if (/^[bcdfghjklmnpqrstvwxz]{5,}$/i.test(word)) return 'has no vowel, so nobody knows how it is said';
  }
  return undefined;
}

/** Returns the value with its signs and pictures left out and its digits apart, as a start for an author. */
function nearestWords(said: string): string {
  const apart = said.replace(/(\p{L})(?=\d)|(\d)(?=\p{L})/gu, '$1$2 ').replace(/[^\p{L}\p{M}\p{N}' ]+/gu, ' ');
  return apart.trim().replace(/\s+/g, ' ').toLowerCase();
}
