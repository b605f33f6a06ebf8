import { smallWords, type LastCommand } from '../dispatch/index.ts';
import { compileGrammar, tokenize, type GrammarCommand, type Parse } from '../grammar/index.ts';
import { languageOf } from '../language/index.ts';
import type { Command } from '../registry/index.ts';
import type { CommandMatch } from '../types.ts';
import { keptGrammars } from './kept-grammars.ts';

/** What a phrase makes of the command before: another run of it, perhaps in its place, or the reason against that. */
export type GoneBack = { match: CommandMatch; corrects?: LastCommand } | { reason: string };

const onlyCheap = 'Only commands of low risk are repeated; please say all of it.';
const noUndo = 'The last command cannot be taken back, so nothing was changed; please say all of it.';
/** The name under which corrections are compiled; follow-ups have their positions as names. */
const correction = 'correction';
const again = 'again';

/**
 * Understands a phrase by the command before it: "again", "no, the bedroom", or one of the command's own follow-ups.
 * Undefined when it is none of these. Commands of high risk are said in full.
 */
export function goBack(
  text: string,
  last: LastCommand,
  { language, confidence }: { language: string; confidence: number },
): GoneBack | undefined {
  const { command, match } = last;
  if (command.risk === 'high') return undefined;
  const made = (args: Record<string, unknown>, phrase: string): CommandMatch => ({
    ...match,
    args,
    phrase,
    score: confidence,
    via: 'dialog',
    candidates: [],
  });
  const words = tokenize(text);
  const { parses } = backGrammar(command, language).walk(words);
  if (parses.some((parse) => parse.command.name === again))
    return command.risk === 'low' ? { match: made(match.args, match.phrase) } : { reason: onlyCheap };
  const corrected = correctedBy(parses, match.args);
  if (corrected) return last.undoable ? { match: made(corrected, text), corrects: last } : { reason: noUndo };
  for (const parse of parses) {
    const args = followedBy(parse, command, match.args);
    if (args) return { match: made(args, text) };
  }
  return undefined;
}

/** Replaces the last slot that has a value and accepts the new one. */
function correctedBy(parses: readonly Parse[], args: Record<string, unknown>): Record<string, unknown> | undefined {
  const values = new Map(
    parses.filter(({ command }) => command.name === correction).flatMap((parse) => Object.entries(parse.args)),
  );
  const name = Object.keys(args).findLast((slot) => args[slot] !== undefined && values.has(slot));
  return name === undefined || values.get(name) === args[name] ? undefined : { ...args, [name]: values.get(name) };
}

function followedBy(
  parse: Parse,
  { followUps, slots }: Command,
  before: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const followUp = followUps[Number(parse.command.name)];
  if (!followUp) return undefined;
  const args: Record<string, unknown> = { ...before, ...parse.args, ...followUp.set };
  for (const [name, step] of Object.entries(followUp.add ?? {})) {
    const value = args[name];
    if (typeof value !== 'number' || step === undefined) return undefined;
    args[name] = within(value + step, slots[name]!.schema);
  }
  return args;
}

/** Keeps a number within the limits of its slot. */
function within(value: number, schema: object): number {
  const { minValue, maxValue } = schema as { minValue?: number | null; maxValue?: number | null };
  return Math.min(maxValue ?? Infinity, Math.max(minValue ?? -Infinity, value));
}

/** Returns the grammar of all phrases that go back to a command. */
export const backGrammar = keptGrammars((command: Command, language) => {
  const { slots, rules, followUps } = command;
  const own = { slots, ...(rules ? { rules } : {}) };
  const all: GrammarCommand[] = [
    ...followUps.map(({ phrases }, index) => ({ ...own, name: String(index), phrases })),
    ...correctionsOf(command, language),
    { name: again, phrases: languageOf(language).dialog.again, slots: {} },
  ];
  return compileGrammar(all, { language }).grammar;
});

/** "No, the bedroom": words of correction, small words, and a value of one slot. */
function correctionsOf({ slots }: Command, language: string): GrammarCommand[] {
  const { dialog } = languageOf(language);
  const names = Object.keys(slots).filter((name) => slots[name]!.type !== 'text');
  if (dialog.corrections.length === 0 || names.length === 0) return [];
  const phrases = names.map((name) => `(${dialog.corrections.join('|')}) ${smallWords(language)} {${name}}`);
  return [{ name: correction, phrases, slots }];
}
