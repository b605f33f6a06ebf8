import type { CommandRunner, MissingSlotName, OnAnswered } from '../dispatch/index.ts';
import { tokenize, type Beginning, type Continuation } from '../grammar/index.ts';
import { asSaid, delayOf, type Matcher } from '../match/index.ts';
import { readSlot } from '../registry/index.ts';
import type { CommandMatch } from '../types.ts';

/** What it takes to ask for the rest of a phrase. */
export interface CompletionOptions {
  language: string;
  matcher: Matcher;
  /** How surely the beginning was read, 0–1; the whole command is no surer. */
  confidence: number;
  dispatcher: Pick<CommandRunner, 'questions'>;
  /** Takes how each question was answered. */
  onAnswered: OnAnswered;
}

/** The meaning of an answer: the value of a slot and the command it belongs to, or the whole command. */
type Answer = { meant: Continuation; value: unknown; words: string } | { match: CommandMatch };

/**
 * Asks for the slots that a phrase left out, until it is a command. Where several commands begin like the phrase, the
 * first answer also decides which of them is meant. Rejects with `aborted` when no answer comes.
 */
export async function completeBeginning(
  text: string,
  { others = [], ...first }: Beginning,
  options: CompletionOptions,
): Promise<CommandMatch> {
  const said = [text];
  const filled: Record<string, unknown> = {};
  let open: readonly [Continuation, ...Continuation[]] = [first, ...others];
  for (let at = 0; ; at++) {
    const answer = await askFor(open, at, { ...options, before: said.join(' ') });
    if ('match' in answer) return answer.match;
    const { meant, value, words } = answer;
    open = [meant];
    filled[meant.missing[at]!.name] = value;
    said.push(words);
    if (at + 1 < meant.missing.length) continue;
    return {
      command: meant.command.name,
      args: { ...meant.args, ...filled },
      ...(meant.delay ? { delay: delayOf(meant.delay, tokenize(said.join(' '))) } : {}),
      score: options.confidence,
      via: 'dialog',
      phrase: said.join(' '),
      candidates: [],
    };
  }
}

function askFor(
  open: readonly [Continuation, ...Continuation[]],
  at: number,
  options: CompletionOptions & { before: string },
): Promise<Answer> {
  const nameOf = ({ command, missing }: Continuation): MissingSlotName => ({
    command: command.name,
    name: missing[at]!.name,
  });
  const [first, ...others] = open;
  return options.dispatcher.questions.askMissing(
    options.language,
    {
      slots: [nameOf(first), ...others.map(nameOf)],
      read: (words) => readAnswer(words, { ...options, open, at }),
    },
    options.onAnswered,
  );
}

/**
 * An answer is either the value of the missing slot, or the rest of the phrase. When the phrase broke off inside the
 * value, people usually say the whole value again, so that meaning is tried first.
 */
function readAnswer(
  words: string,
  {
    open,
    at,
    before,
    language,
    matcher,
  }: Pick<CompletionOptions, 'language' | 'matcher'> & { open: readonly Continuation[]; at: number; before: string },
): { value: Answer } | 'unsure' | 'unclear' {
  const values = open.flatMap((meant) => {
    const value = readSlot(meant.missing[at]!.slot, words, language);
    return value === undefined ? [] : [{ meant, value, words }];
  });
  const [only, ...more] = values;
  if (only && more.length === 0 && only.meant.isInside && at === 0) return { value: only };
  const whole = `${before} ${words}`;
  const { match } = asSaid(matcher.match(whole), [whole], matcher.grammar);
  if (match?.via === 'exact') return { value: { match: { ...match, via: 'dialog' } } };
  if (more.length > 0) return 'unsure';
  return only ? { value: only } : 'unclear';
}
