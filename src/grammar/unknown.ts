import type { GrammarCommand } from './command-shape.ts';
import type { Grammar } from './grammar.ts';
import { numberWordsOf } from './number-words.ts';
import { foldWord } from './fold.ts';
import type { Frontier } from './parse.ts';
import { followedWords, walkExact, walkFrom, walkFrontier } from './walk.ts';

/** Words of a phrase that no command explains although all the other words are a command. */
export interface UnknownWords {
  /** In place of a slot's value, or beside the words of the command. */
  readonly where: 'slot' | 'before' | 'inside' | 'after';
  /** The slot, if the words are in the place of its value. */
  readonly slot?: string;
  readonly words: readonly string[];
  /** The command that the other words are, and the arguments that they give. */
  readonly command: GrammarCommand;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The longest value of a slot that is looked for, words: "one hundred and fifty percent". */
const maxValueWords = 6;
/** A number of up to this many words may be more than half of the phrase. */
const maxNumberWords = 6;
/** A longer sentence is not a command with something unknown in it. */
const maxWords = 24;

/**
 * Finds the fewest words of a phrase without which the others are a command. A value that its slot does not have ("make
 * the lights brown") is preferred to words that would be left out ("turn on the lights in ten minutes"). Of several
 * finds, one that belongs to the command `likely` is returned. Returns undefined when no single stretch of words is
 * enough, or when most of the words would be unknown.
 */
export function findUnknown(grammar: Grammar, words: readonly string[], likely?: string): UnknownWords | undefined {
  if (words.length > maxWords) return undefined;
  const { language } = grammar;
  const joints = [...language.percent, ...language.and].flatMap((phrase) => phrase.split(' ')).map(foldWord);
  const inNumbers = new Set([...numberWordsOf(language), ...joints]);
  const isNumber = words.map((word) => /\d/.test(word) || inNumbers.has(foldWord(word)));
  // Covers "a hundred", whose article belongs to the number.
  words.forEach((word, at) => {
    isNumber[at] ||= language.one.includes(word) && isNumber[at + 1] === true;
  });
  const followed = followedWords(grammar, words);
  const frontiers = new Map<number, Frontier>();
  const frontierAt = (from: number): Frontier => {
    const known = frontiers.get(from) ?? walkFrontier(grammar, words.slice(0, from));
    frontiers.set(from, known);
    return known;
  };
  for (let length = 1; length < words.length && (2 * length <= words.length || length <= maxNumberWords); length++) {
    const stretches: Stretch[] = [];
    for (let from = Math.min(followed, words.length - length); from >= 0; from--) {
      const to = from + length;
      const cutsNumber =
        (isNumber[from] === true && isNumber[from - 1] === true) ||
        (isNumber[to - 1] === true && isNumber[to] === true);
      const isOneNumber = isNumber.slice(from, to).every(Boolean);
      if (!cutsNumber && (2 * length <= words.length || isOneNumber))
        stretches.push({ from, to, isNumber: isOneNumber });
    }
    const values =
      length <= maxValueWords
        ? stretches.flatMap((stretch) => unknownValues(grammar, words, stretch, frontierAt(stretch.from)))
        : [];
    const beside = unknownBeside(grammar, words, stretches);
    // "Turn on the bathroom lights" names a room rather than a scene, as "turn on the lights" is a command for lights.
    const meant = [likely, beside?.command.name].map((name) => values.find(({ command }) => command.name === name));
    const found = meant.find((value) => value !== undefined) ?? values[0] ?? beside;
    if (found) return found;
  }
  return undefined;
}

/** The words from `from` to `to` (exclusive). `isNumber` means that they are one number, which is never cut. */
interface Stretch {
  from: number;
  to: number;
  isNumber: boolean;
}

function unknownValues(
  grammar: Grammar,
  words: readonly string[],
  { from, to, isNumber }: Stretch,
  frontier: Frontier,
): UnknownWords[] {
  const rest = words.slice(to);
  const found: UnknownWords[] = [];
  for (const [node, paths] of frontier.nodes) {
    for (const { binding, target } of grammar.callsAt(node)) {
      // A number is an unknown value of a slot for numbers; other words are an unknown value of a list.
      if (binding.name === '' || ['text', 'delay'].includes(binding.slot.type)) continue;
      if ((binding.slot.type === 'list') === isNumber) continue;
      const [best] = walkFrom(grammar, rest, new Map([[target, paths]]));
      if (best)
        found.push({
          where: 'slot',
          slot: binding.name,
          words: words.slice(from, to),
          command: best.command,
          args: best.args,
        });
    }
  }
  return found;
}

function unknownBeside(
  grammar: Grammar,
  words: readonly string[],
  stretches: readonly Stretch[],
): UnknownWords | undefined {
  for (const { from, to, isNumber } of stretches) {
    const rest = [...words.slice(0, from), ...words.slice(to)];
    const best = isNumber ? undefined : walkExact(grammar, rest).parses.find(({ isGreedy }) => !isGreedy);
    if (!best) continue;
    const where = from === 0 ? 'before' : to === words.length ? 'after' : 'inside';
    return { where, words: words.slice(from, to), command: best.command, args: best.args };
  }
  return undefined;
}
