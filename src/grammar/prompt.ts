import { writesSpaces } from '../language/index.ts';
import { phrasesFor, type GrammarCommand } from './command-shape.ts';
import type { GrammarParts } from './parts.ts';
import { firstPhrases } from './slots/first-phrases.ts';
import { tokenize } from './tokenize.ts';
import { walkSpoken } from './walk-spoken.ts';

/** How many words fit into the prompt that the recogniser takes. */
const maxWords = 75;
/** How many values of a list are considered, and how many variants of one example. */
const maxValues = 200;
const maxRounds = 12;

/** An example of a command in pieces, and what else can be said in place of every second piece. */
interface Pattern {
  /** Plain text and list values in turn, beginning with text. */
  pieces: readonly string[];
  lists: readonly (readonly string[])[];
}

/**
 * Writes phrases as somebody would say them who gives these commands: their examples, and then the same examples with
 * other values of their lists, as long as those bring new words and there is room. The recogniser takes the prompt for
 * what was said before, so that it expects such words. With wake phrases, each phrase begins with one of them in turn.
 */
export function promptOf(grammar: GrammarParts, wakePhrases: readonly string[] = []): string {
  const [comma, stop, space] = writesSpaces(grammar.language.code) ? [', ', '.', ' '] : ['，', '。', ''];
  const commands = [...new Set(grammar.phrases.map(({ command }) => command))];
  const said = new Set<string>();
  const phrases: string[] = [];
  let room = maxWords;
  for (let round = 0; round < maxRounds; round++) {
    for (const command of commands) {
      if (room < 2) return phrases.join(space);
      const examples = examplesOf(command, grammar.language.code);
      if (examples.length === 0) continue;
      const pattern = patternOf(grammar, command, examples[round % examples.length]!);
      const isFirst = round < examples.length;
      const plain = isFirst
        ? pattern.pieces.join('')
        : variantOf(pattern, (value) => tokenize(value).filter((word) => !said.has(word)).length);
      const wake = wakePhrases[phrases.length % wakePhrases.length];
      const phrase = wake === undefined ? plain : `${wake}${comma}${plain}`;
      const words = tokenize(phrase);
      if (words.length > room || words.every((word) => said.has(word))) continue;
      for (const word of words) said.add(word);
      room -= words.length;
      phrases.push(`${phrase[0]!.toUpperCase()}${phrase.slice(1).replace(/[.?!。？！]+$/, '')}${stop}`);
    }
  }
  return phrases.join(space);
}

function examplesOf(command: GrammarCommand, code: string): string[] {
  if (phrasesFor(command, code).length === 0) return [];
  const first = Array.isArray(command.phrases) ? code : (Object.keys(command.phrases)[0] ?? code);
  return (command.examples ?? []).filter(({ language = first }) => language.startsWith(code)).map(({ say }) => say);
}

function patternOf(grammar: GrammarParts, command: GrammarCommand, say: string): Pattern {
  const captures = walkSpoken(grammar, tokenize(say)).parses.find((parse) => parse.command === command)?.captures ?? [];
  const between = writesSpaces(grammar.language.code) ? '[^\\p{L}\\p{N}]+' : '[^\\p{L}\\p{N}]*';
  const [pieces, lists] = [[] as string[], [] as string[][]];
  let rest = say;
  for (const { name, words } of captures) {
    const values = firstPhrases(command.slots[name], grammar.language, maxValues);
    const place = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join(between), 'iu').exec(
      rest,
    );
    if (!values || !place) continue;
    pieces.push(rest.slice(0, place.index), place[0]);
    rest = rest.slice(place.index + place[0].length);
    lists.push(values);
  }
  return { pieces: [...pieces, rest], lists };
}

/** Returns the example with the values that bring the most new words. */
function variantOf({ pieces, lists }: Pattern, newWords: (value: string) => number): string {
  const values = lists.map((list, i) =>
    list.reduce((best, value) => (newWords(value) > newWords(best) ? value : best), pieces[2 * i + 1]!),
  );
  return pieces.map((piece, i) => (i % 2 === 0 ? piece : values[(i - 1) / 2]!)).join('');
}
