import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { HeedError } from '../errors.ts';
import type { Heed } from '../heed.ts';
import type { CliHost } from './host.ts';
import type { Ears } from '../session/index.ts';
import { readTextSync } from '../platform/text-file.ts';
import { listCases, readCase, type SavedCase } from '../cases/index.ts';
import { dryRunConfig, exitCodes, heedOptions, printJson, verb, withSpeech, type CommonOptions } from './program.ts';
import { contextsOf } from './run-case.ts';
import { chooseThreshold, shortcomings, type Scored } from './threshold.ts';
import { understandFile } from './understand-file.ts';

const audioFile = /\.(wav|flac|ogg|opus|oga|mp3|m4a|aac|webm)$/i;

/**
 * `heed tune DIR` chooses the score from which a phrase counts as a command. It needs recordings of commands in DIR,
 * and recordings of anything else in DIR/not.
 */
export function tuneVerb({ done, createHeed }: CliHost): Command {
  return withSpeech(
    verb('tune', 'Choose match.threshold from recordings; no command runs', [
      'heed tune recordings        # recordings/*.wav are commands, recordings/not/*.wav are not',
      'heed tune cases --write     # a saved case says itself whether it is a command',
    ]),
  )
    .option('--write', 'write the threshold into heed.config.json')
    .argument('<dir>', 'folder of recordings or cases')
    .action(async (dir: string, options: CommonOptions & { write?: boolean }) => {
      const heed = await createHeed(
        heedOptions(options, { ...dryRunConfig, transcribe: { partials: false }, match: { threshold: 0 } }),
      );
      try {
        const recordings = await findRecordings(dir);
        const ears = await heed.ears();
        const scored: Scored[] = [];
        for (const recording of recordings) {
          const score = await bestScore(heed, ears, recording);
          scored.push({ score, isCommand: recording.isCommand });
          if (options.json === true)
            printJson({ type: 'recording', file: recording.path, is_command: recording.isCommand, score });
          else console.log(`${recording.isCommand ? 'command' : 'none   '} ${score.toFixed(3)}  ${recording.path}`);
        }
        const choice = chooseThreshold(scored);
        const doubts = shortcomings(scored, choice);
        if (options.json === true) printJson({ type: 'threshold', ...choice, doubts });
        else
          console.log(
            `\nA match.threshold of ${choice.threshold} accepts ${choice.taken} of ${choice.commands} commands ` +
              `and ${choice.falseAccepts} of ${choice.others} other recordings.`,
          );
        if (options.json !== true) for (const doubt of doubts) console.log(`Do not trust it yet: ${doubt}`);
        if (options.write === true) {
          const file = options.config ?? 'heed.config.json';
          writeThreshold(file, choice.threshold);
          if (options.json !== true) console.log(`The threshold was written to ${file}.`);
        }
        done(exitCodes.done);
      } finally {
        await heed.close();
      }
    });
}

interface Recording {
  path: string;
  isCommand: boolean;
  /** The case that the recording belongs to, if any. */
  saved?: SavedCase;
}

/** Finds the recordings: a case is a command if it expects one, any other audio file if it does not lie in `not`. */
async function findRecordings(dir: string): Promise<Recording[]> {
  if (!existsSync(dir)) throw new HeedError('not-found', `There is no folder ${dir}.`);
  const all = await Promise.all((await listCases(dir)).map((name) => readCase(dir, name)));
  // The threshold is for speech: a typed phrase scores 1 or nothing.
  const cases = all.filter(({ say }) => say === undefined);
  const isCase = new Set(cases.map(({ audioPath }) => audioPath));
  const filesIn = (folder: string, isCommand: boolean): Recording[] =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => audioFile.test(name))
      .sort()
      .map((name) => ({ path: join(folder, name), isCommand }))
      .filter(({ path }) => !isCase.has(path));
  const recordings = [
    ...cases.map((saved) => ({ path: saved.audioPath, isCommand: saved.expected !== null, saved })),
    ...filesIn(dir, true),
    ...filesIn(join(dir, 'not'), false),
  ];
  if (recordings.some(({ isCommand }) => isCommand) && recordings.some(({ isCommand }) => !isCommand))
    return recordings;
  throw new HeedError(
    'not-found',
    `Recordings of commands were expected in ${dir}, and of anything else in ${join(dir, 'not')}; ` +
      'without both, no threshold can be chosen. Add the missing ones.',
  );
}

/**
 * Returns the score of the best match in a recording, or 0 when nothing was understood. A case is understood in its own
 * language and contexts, any other file in all contexts.
 */
async function bestScore(heed: Heed, ears: Ears, { path, saved }: Recording): Promise<number> {
  const options = saved
    ? { language: saved.language, contexts: contextsOf(saved, heed.registry) }
    : { contexts: heed.registry.contexts };
  const { utterances, errors } = await understandFile(path, heed, ears, options);
  if (errors.length > 0)
    throw new HeedError(
      'native-failed',
      `${path} could not be read to its end, so no threshold can be chosen: ${errors[0]}`,
    );
  return Math.max(0, ...utterances.map(({ understood }) => understood?.match?.score ?? 0));
}

/** Sets `match.threshold` and keeps the rest of the file. */
function writeThreshold(file: string, threshold: number): void {
  const config = existsSync(file) ? (JSON.parse(readTextSync(file)) as Record<string, unknown>) : {};
  const match = typeof config['match'] === 'object' && config['match'] !== null ? config['match'] : {};
  writeFileSync(file, `${JSON.stringify({ ...config, match: { ...match, threshold } }, undefined, 2)}\n`);
}
