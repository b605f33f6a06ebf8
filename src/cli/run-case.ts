import { contextName } from '../grammar/index.ts';
import { isDeepStrictEqual } from 'node:util';
import type { Ears } from '../session/index.ts';
import type { Heed } from '../heed.ts';
import type { Registry } from '../registry/index.ts';
import { expectedCommands, type Case, type ExpectedCommand, type SavedCase } from '../cases/index.ts';
import { type UtteranceTrace } from '../trace/index.ts';
import { understandFile } from './understand-file.ts';
import { plainArgs } from './plain-args.ts';
import { understandTyped, type Heard } from './understand-typed.ts';

/** The result of a case. */
export interface CaseResult {
  name: string;
  passed: boolean;
  /** Whether the case could not be run, because its files cannot be read or decoded. */
  isBroken?: boolean;
  /** Whether the case is a typed phrase. */
  isTyped?: boolean;
  expected: ExpectedCommand[];
  came: ExpectedCommand[];
  heard: string[];
  /** Why utterances were not understood, and errors. */
  reasons: string[];
}

/**
 * Understands a case's audio or typed phrase with the current commands; no handler runs. Rejects when the audio cannot
 * be decoded.
 */
export async function runCase(saved: SavedCase, heed: Heed, ears: () => Promise<Ears>): Promise<CaseResult> {
  const unknown = expectedCommands(saved.expected)
    .filter(({ command }) => !heed.registry.get(command))
    .map(({ command }) => `There is no command "${command}".`);
  const options = { language: saved.language, contexts: contextsOf(saved, heed.registry) };
  const heard =
    saved.say === undefined
      ? heardIn(await understandFile(saved.audioPath, heed, await ears(), options))
      : await understandTyped(saved.say, heed, options);
  return { name: saved.name, ...compare(expectedCommands(saved.expected), { ...heard, unknown }) };
}

/**
 * Returns the contexts that are active while a case runs: those that were active when it was saved, as far as commands
 * still name them, and those that the expected commands need.
 */
export function contextsOf(
  { expected, contexts = [] }: Pick<Case, 'expected' | 'contexts'>,
  registry: Pick<Registry, 'get' | 'contexts'>,
): string[] {
  const needed = expectedCommands(expected).flatMap(({ command }) => registry.get(command)?.contexts ?? []);
  return [...contexts.filter((context) => registry.contexts.includes(contextName(context))), ...needed];
}

function heardIn({ utterances, errors }: { utterances: UtteranceTrace[]; errors: string[] }): Heard {
  return {
    came: utterances.flatMap(({ understood }) =>
      understood?.match ? [understood.match, ...(understood.also ?? [])] : [],
    ),
    heard: utterances.flatMap(({ free }) => (free ? [free.text] : [])),
    reasons: utterances.flatMap(({ is_speech, understood }) =>
      is_speech === false ? ['No speech was recognised in this utterance.'] : (understood?.reason ?? []),
    ),
    errors,
  };
}

function compare(
  expected: ExpectedCommand[],
  { came, heard, reasons, errors, unknown }: Heard & { unknown: string[] },
): Omit<CaseResult, 'name'> {
  const faults = [...unknown, ...errors];
  const [wanted, got] = [expected, came].map((commands) =>
    commands.map(({ command, args }) => ({ command, args: plainArgs(args) })),
  ) as [ExpectedCommand[], ExpectedCommand[]];
  return {
    passed: faults.length === 0 && isDeepStrictEqual(got, wanted),
    expected,
    came: got,
    heard,
    reasons: [...faults, ...reasons],
  };
}
