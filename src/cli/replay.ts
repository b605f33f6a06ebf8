import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { Heed } from '../heed.ts';
import { printable } from '../log.ts';
import type { CliHost } from './host.ts';
import { expectedCommands, readCase } from '../cases/index.ts';
import { type UtteranceTrace } from '../trace/index.ts';
import { checkInputs, shownName, standardInput, withFile } from './input.ts';
import { framesOfFile, hearInRealTime } from './hear-samples.ts';
import { contextsOf } from './run-case.ts';
import {
  contextOption,
  dryRunConfig,
  exitCodes,
  heedOptions,
  printFileError,
  printJson,
  verb,
  withSpeech,
  type CommonOptions,
  type ContextOptions,
} from './program.ts';
import { traceText } from './trace-text.ts';

/** `heed replay FILE…` plays audio files to a session in real time and prints the trace of each utterance. */
export function replayVerb({ done, createHeed }: CliHost): Command {
  const command: Command = withSpeech(
    verb('replay', 'Explain how audio files are understood when played in real time; no command runs', [
      'heed replay order.wav',
      'heed replay cases/set-the-kitchen-lights-to-fifty-3f6c1c0e',
      'heed replay --json order.wav | jq .waterfall',
    ]),
  )
    .argument(
      '<files...>',
      'audio files (- for standard input), or cases: the name of a case, or its path with or without .wav or .json',
    )
    .addOption(contextOption())
    .action(async (files: string[], options: CommonOptions & ContextOptions) => {
      checkInputs(command, files);
      const heed = await createHeed(heedOptions(options, dryRunConfig));
      try {
        await heed.ears();
        let broken = 0;
        for (const file of files) {
          try {
            await replayOne(file, heed, options);
          } catch (error) {
            printFileError(shownName(file), error);
            broken++;
          }
        }
        done(broken === 0 ? exitCodes.done : exitCodes.failed);
      } finally {
        await heed.close();
      }
    });
  return command;
}

async function replayOne(file: string, heed: Heed, options: CommonOptions & ContextOptions): Promise<void> {
  const { audio, cases } = heed.config;
  if (file !== standardInput) return replay(heed, { ...options, path: audioPathOf(file, cases.dir) });
  await withFile(file, { maxBytes: audio.maxUploadBytes }, (path) =>
    replay(heed, { ...options, path, name: shownName(file) }),
  );
}

/** Returns the path of the audio that a file or a case stands for. */
export function audioPathOf(file: string, casesDir: string): string {
  const stem = file.replace(/\.json$/, '');
  const places = [file.endsWith('.json') ? `${stem}.wav` : file, `${stem}.wav`, join(casesDir, `${stem}.wav`)];
  return places.find((path) => existsSync(path)) ?? file;
}

async function replay(
  heed: Heed,
  { path, name = path, json, language, context = [] }: CommonOptions & ContextOptions & { path: string; name?: string },
): Promise<void> {
  const expected = await expectationOf(path, heed);
  const sessionId = randomUUID();
  const spoken = language ?? expected?.language;
  const session = await heed.openSession({
    sessionId,
    dryRun: true,
    contexts: [...context, ...(expected?.contexts ?? [])],
    ...(spoken === undefined ? {} : { language: spoken }),
  });
  let utterances: UtteranceTrace[];
  try {
    await hearInRealTime(session, framesOfFile(path, heed.config));
    utterances = heed.traces.list(sessionId).reverse().map(withoutHandlers);
  } finally {
    await session.close();
  }
  if (json === true) {
    for (const utterance of utterances) printJson({ file: name, ...utterance });
    return;
  }
  console.log(`${name}${expected === undefined ? '' : `  expected ${expected.text}`}\n`);
  if (utterances.length === 0) console.log('  No speech was found.\n');
  for (const utterance of utterances) console.log(`${printable(traceText(utterance))}\n`);
}

/** In a dry run, the only thing known about handlers is when they would have been called. */
function withoutHandlers(trace: UtteranceTrace): UtteranceTrace {
  return { ...trace, outcomes: [], waterfall: trace.waterfall.filter(({ step }) => step !== 'done') };
}

/** Returns what the case beside the audio expects; undefined when the audio belongs to no case. */
async function expectationOf(
  path: string,
  { registry }: Heed,
): Promise<{ language: string; contexts: string[]; text: string } | undefined> {
  const name = basename(path).replace(/\.wav$/, '');
  if (!existsSync(join(dirname(path), `${name}.json`))) return undefined;
  const saved = await readCase(dirname(path), name);
  const commands = expectedCommands(saved.expected);
  return {
    language: saved.language,
    contexts: contextsOf(saved, registry),
    text:
      commands.length === 0
        ? 'no command'
        : commands.map(({ command, args }) => `${command} ${JSON.stringify(args)}`).join(', then '),
  };
}
