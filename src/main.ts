import { Command, CommanderError } from 'commander';
import { buildVerb } from './cli/build.ts';
import { devVerb } from './cli/dev.ts';
import { endOnClosedPipe } from './cli/closed-pipe.ts';
import { doctorVerb } from './cli/doctor.ts';
import { hearVerb } from './cli/hear.ts';
import { initVerb } from './cli/init.ts';
import { journalVerb } from './cli/journal.ts';
import { lintVerb } from './cli/lint.ts';
import { listenVerb } from './cli/listen.ts';
import { modelsVerb } from './cli/models.ts';
import type { CliHost } from './cli/host.ts';
import { exitCodes, printError } from './cli/program.ts';
import { newVerb } from './cli/new.ts';
import { pinVerb } from './cli/pin.ts';
import { replayVerb } from './cli/replay.ts';
import { sayVerb } from './cli/say.ts';
import { serveVerb } from './cli/serve.ts';
import { testVerb } from './cli/test.ts';
import { transcribeVerb } from './cli/transcribe.ts';
import { tuneVerb } from './cli/tune.ts';
import { voicesVerb } from './cli/voices.ts';
import { heedVersion } from './cli/version.ts';
import { createHeed } from './index.ts';

/** All verbs, as the help shows them: what a new user needs comes first. */
const groups: Record<string, ((host: CliHost) => Command)[]> = {
  'Your project': [initVerb, newVerb, devVerb],
  'Try commands': [sayVerb, listenVerb, hearVerb],
  'Test and explain': [lintVerb, testVerb, replayVerb, tuneVerb],
  'Files into text': [transcribeVerb],
  'Run a service': [serveVerb, journalVerb, pinVerb],
  'This machine': [doctorVerb, modelsVerb, voicesVerb, buildVerb],
};

/** Makes the command line. It throws a `CommanderError` for wrong usage instead of ending the process. */
export function createProgram(host: CliHost): Command {
  const program = new Command('heed')
    .version(heedVersion())
    .showHelpAfterError('`heed --help` lists the verbs and options.')
    .description(
      'Spoken commands for your code. Audio goes to the machine that runs heed, and no further.\n\n' +
        'Begin with `heed init`, then `heed dev`; `heed VERB --help` shows examples of a verb.',
    )
    .usage('VERB [options]')
    .helpOption('-h, --help', 'show this help')
    .commandsGroup('This machine:')
    .helpCommand('help [verb]', 'Show the help of a verb');
  for (const [group, verbs] of Object.entries(groups)) {
    for (const make of verbs) program.addCommand(make(host).helpGroup(`${group}:`));
  }
  for (const command of [program, ...program.commands, ...program.commands.flatMap((child) => child.commands)])
    command.exitOverride();
  return program;
}

/** Runs the command line; returns the exit code. */
export async function runCli(args: string[]): Promise<number> {
  let exitCode: number = exitCodes.done;
  const done = (code: number): void => {
    exitCode = code;
  };
  const program = createProgram({ done, createHeed });
  endOnClosedPipe();
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 || error.code === 'commander.help' ? exitCodes.done : exitCodes.usage;
    printError(error);
    return exitCodes.failed;
  }
  return exitCode;
}
