import { existsSync } from 'node:fs';
import { InvalidArgumentError, type Command } from 'commander';
import { HeedError, asHeedError } from '../errors.ts';
import type { Heed } from '../heed.ts';
import type { CliHost } from './host.ts';
import { listCases, readCase, type ExpectedCommand, type SavedCase } from '../cases/index.ts';
import {
  dryRunConfig,
  exitCodes,
  heedOptions,
  printJson,
  printProblems,
  verb,
  withSpeech,
  type CommonOptions,
} from './program.ts';
import { inOrder } from './in-order.ts';
import { runCase, type CaseResult } from './run-case.ts';
import { testSentences } from './test-sentences.ts';
import { testSpoken } from './spoken-test/test-spoken.ts';

interface TestOptions extends CommonOptions {
  audio?: boolean;
  snr?: number[];
  noise?: string;
}

/**
 * `heed test [DIR]` understands the examples of the commands and saved utterances again, with the current commands; no
 * handler runs.
 */
export function testVerb({ done, createHeed }: CliHost): Command {
  return withSpeech(
    verb('test', 'Check that examples and saved utterances are still understood as expected; no command runs', [
      'heed test',
      'heed test my-cases --json',
      'heed test --audio',
      'heed test --audio --snr 20,10,5 --noise kitchen.wav',
    ]),
  )
    .argument('[dir]', 'folder of cases (default: cases)')
    .option('--audio', 'speak the examples and `not` phrases with several voices, in quiet and in noise')
    .option('--snr <list>', 'with --audio: signal-to-noise ratios, dB (default: 10)', numbers)
    .option('--noise <file>', 'with --audio: a recording to use as noise (default: pink noise)')
    .action(async (dir: string | undefined, options: TestOptions) => {
      const heed = await createHeed(heedOptions(options, { ...dryRunConfig, transcribe: { partials: false } }));
      try {
        printProblems(heed.registry.problems);
        if (options.audio === true) return done(await testSpoken(heed, options));
        const isJson = options.json === true;
        const examples = await testSentences(heed, isJson);
        const cases = await runCases(heed, {
          dir: dir ?? heed.config.cases.dir,
          isJson,
          isOptional: dir === undefined && examples.count > 0,
        });
        done(examples.failed + cases.failed === 0 ? exitCodes.done : exitCodes.failed);
      } finally {
        await heed.close();
      }
    });
}

function numbers(text: string): number[] {
  const values = text.split(',').map(Number);
  if (values.every((value) => Number.isFinite(value))) return values;
  throw new InvalidArgumentError('numbers were expected, such as 20,10.');
}

interface Count {
  count: number;
  failed: number;
}

/** Understands the cases of a folder; without any, that is an error unless they are optional. */
async function runCases(
  heed: Heed,
  { dir, isJson, isOptional }: { dir: string; isJson: boolean; isOptional: boolean },
): Promise<Count> {
  const names = await listCases(dir);
  if (names.length === 0) {
    if (isOptional) return { count: 0, failed: 0 };
    throw new HeedError(
      'not-found',
      `${existsSync(dir) ? 'There are no cases in' : 'There is no folder'} ${dir}, and no command has examples. ` +
        'Save a case in the page (open "Why?" below a phrase and press "Save as a test"), or write one: ' +
        'docs/why.md shows its form.',
    );
  }
  const cases = await Promise.all(names.map((name) => readOne(dir, name)));
  // Typed phrases are checked without any model.
  const needsEars = cases.some((found) => 'audioPath' in found && found.say === undefined);
  const width = needsEars ? (await heed.ears()).transcriber.load().capacity : 1;
  let failed = 0;
  for await (const result of inOrder(cases, width, (found) => runOne(found, heed))) {
    if (!result.passed) failed++;
    if (isJson) printJson({ type: 'case', ...result, isBroken: undefined, isTyped: undefined });
    else console.log(caseText(result, dir));
  }
  if (isJson) printJson({ type: 'summary', cases: names.length, failed });
  else
    console.log(
      `\n${names.length - failed} of ${names.length} cases passed${failed === 0 ? '.' : `, ${failed} failed.`}`,
    );
  return { count: names.length, failed };
}

/** A case that cannot be read counts as failed, so that the others still run. */
async function readOne(dir: string, name: string): Promise<SavedCase | CaseResult> {
  return readCase(dir, name).catch((error: unknown) => broken(name, error));
}

async function runOne(found: SavedCase | CaseResult, heed: Heed): Promise<CaseResult> {
  if (!('audioPath' in found)) return found;
  try {
    return { ...(await runCase(found, heed, () => heed.ears())), isTyped: found.say !== undefined };
  } catch (error) {
    return broken(found.name, error);
  }
}

function broken(name: string, error: unknown): CaseResult {
  const reasons = [asHeedError(error).message];
  return { name, passed: false, isBroken: true, expected: [], came: [], heard: [], reasons };
}

/** Describes a case in one line; a failed one also with what was expected, what came, and why. */
export function caseText(
  { name, passed, isBroken = false, isTyped = false, expected, came, heard, reasons }: CaseResult,
  dir: string,
): string {
  const words = heard.length === 0 ? 'nothing' : heard.map((text) => `“${text}”`).join(', ');
  if (passed) return `✓ ${name}  ${commandsText(came)}`;
  if (isBroken) return [`✗ ${name}`, ...reasons.map((reason) => `    ${reason}`)].join('\n');
  return [
    `✗ ${name}`,
    `    expected  ${commandsText(expected)}`,
    `    came      ${commandsText(came)}`,
    `    heard     ${words}`,
    ...reasons.map((reason) => `    because   ${reason}`),
    ...(isTyped ? [] : [`    see       heed replay ${dir}/${name}.wav`]),
  ].join('\n');
}

function commandsText(commands: readonly ExpectedCommand[]): string {
  return commands.length === 0
    ? 'no command'
    : commands.map(({ command, args }) => `${command} ${JSON.stringify(args)}`).join(', then ');
}
