import { argsAsSaid, foldWord, SaidText, type Beginning, type Grammar, type GrammarCommand } from '../grammar/index.ts';
import type { Candidate, CommandMatch, Delay } from '../types.ts';
import type { MatchedSlot, MatchResult } from './result.ts';

/**
 * Returns a result with its phrases and free text as they were said: understanding compares folded words. `texts` are
 * the readings of what was said, the free one first; the first that has the words of a phrase is its writing.
 */
export function asSaid(result: MatchResult, texts: readonly string[], grammar: Grammar): MatchResult {
  const writer = new Writer(texts, grammar);
  const { match, slots, also, suggestion, beginning, choices } = result;
  let from = 0;
  const next = (one: CommandMatch): CommandMatch => {
    const { match: written, to } = writer.match(one, from);
    from = to;
    return written;
  };
  return {
    ...result,
    candidates: writer.candidates(result.candidates),
    ...(match ? { match: next(match) } : {}),
    ...(slots && match ? { slots: writer.slots(slots, match) } : {}),
    ...(also ? { also: also.map(next) } : {}),
    ...(suggestion ? { suggestion: writer.match(suggestion).match } : {}),
    ...(choices ? { choices: choices.map((choice) => writer.match(choice).match) } : {}),
    ...(beginning ? { beginning: writer.beginning(beginning) } : {}),
  };
}

class Writer {
  readonly #grammar: Grammar;
  readonly #written: readonly string[];
  #read: readonly SaidText[] | undefined;

  constructor(texts: readonly string[], grammar: Grammar) {
    this.#grammar = grammar;
    this.#written = texts;
  }

  get #texts(): readonly SaidText[] {
    return (this.#read ??= this.#written.map((text) => new SaidText(text, this.#grammar.language.fillers)));
  }

  /** Writes a match whose words begin at a word or later; also returns where they end. */
  match(match: CommandMatch, from = 0): { match: CommandMatch; to: number } {
    const { said, range } = this.#find(match, from);
    const slots = this.#slotsOf(match);
    const written: CommandMatch = {
      ...match,
      phrase: range ? said.write(range) : this.#writeWords(match.phrase),
      args: argsAsSaid(slots, match.args, said, range),
      candidates: this.candidates(match.candidates),
      ...(match.delay ? { delay: this.#delay(match.delay, range ? said : undefined) } : {}),
    };
    return { match: written, to: range?.to ?? 0 };
  }

  candidates(candidates: readonly Candidate[]): Candidate[] {
    return candidates.map((candidate) => ({ ...candidate, phrase: this.#writePhrase(candidate.phrase) }));
  }

  slots(slots: readonly MatchedSlot[], match: CommandMatch): MatchedSlot[] {
    const { said, range } = this.#find(match, 0);
    const known = this.#slotsOf(match);
    return slots.map((slot) => ({
      ...slot,
      words: said.writingOf(slot.words.split(' '), range) ?? slot.words,
      value: argsAsSaid(known, { [slot.name]: slot.value }, said, range)[slot.name],
    }));
  }

  beginning({ others, ...first }: Beginning): Beginning {
    const written = <T extends Pick<Beginning, 'command' | 'args'>>(one: T): T => ({
      ...one,
      args: argsAsSaid(this.#slotsOf({ command: one.command.name, args: one.args }), one.args, this.#texts[0]!),
    });
    return { ...written(first), ...(others ? { others: others.map(written) } : {}) };
  }

  /** Finds the text that has the words of a phrase, and where; none has them if the phrase is only near. */
  #find(
    { phrase }: Pick<CommandMatch, 'phrase'>,
    from: number,
  ): { said: SaidText; range?: { from: number; to: number } } {
    const words = phrase.split(' ');
    for (const said of this.#texts) {
      const range = said.find(words, { from: Math.min(from, said.words.length), to: said.words.length });
      if (range) return { said, range };
    }
    return { said: this.#texts[0]! };
  }

  /** The rest of a near phrase is written as a whole. */
  #delay(delay: Delay, said: SaidText | undefined): Delay {
    return {
      ...delay,
      words: said?.writingOf(delay.words.split(' ')) ?? delay.words,
      phrase: this.#writePhrase(delay.phrase),
    };
  }

  #writePhrase(phrase: string): string {
    const { said, range } = this.#find({ phrase }, 0);
    return range ? said.write(range) : this.#writeWords(phrase);
  }

  /** Writes each word as it was said or, if it was not, as a phrase has it. */
  #writeWords(phrase: string): string {
    const { lexicon } = this.#grammar;
    const said = this.#texts[0]!;
    let from = 0;
    const words = phrase.split(' ').map((word) => {
      const at = said.words.findIndex(({ folded }, i) => i >= from && folded === foldWord(word));
      if (at >= 0) {
        from = at + 1;
        return said.write({ from: at, to: at + 1 });
      }
      const id = lexicon.find(word);
      return id < 0 ? word : lexicon.shown(id);
    });
    return words.join(' ');
  }

  /** Returns the slots that were said; a value that a phrase gives by itself stays as it is. */
  #slotsOf({ command, args }: Pick<Beginning, 'args'> & { command: string }): GrammarCommand['slots'] {
    const phrases = this.#grammar.phrases.filter(({ command: { name } }) => name === command);
    const isConstant = (name: string): boolean =>
      phrases.some(({ constants }) => name in constants && constants[name] === args[name]);
    const slots = phrases[0]?.command.slots ?? {};
    return Object.fromEntries(Object.entries(slots).filter(([name]) => !isConstant(name)));
  }
}
