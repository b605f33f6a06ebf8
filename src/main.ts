import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { buildVerb } from './cli/build.ts';
import { devVerb } from './cli/dev.ts';
import { doctorVerb } from './cli/doctor.ts';
import { hearVerb } from './cli/hear.ts';
import { modelsVerb } from './cli/models.ts';
import type { CliHost } from './cli/host.ts';
import { exitCodes, printError } from './cli/program.ts';
import { replayVerb } from './cli/replay.ts';
import { sayVerb } from './cli/say.ts';
import { testVerb } from './cli/test.ts';
import { transcribeVerb } from './cli/transcribe.ts';
import { tuneVerb } from './cli/tune.ts';
import { createHeed } from './index.ts';

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Runs the command line; returns the exit code. */
export async function runCli(args: string[]): Promise<number> {
  let exitCode: number = exitCodes.done;
  const host: CliHost = {
    done: (code) => {
      exitCode = code;
    },
    createHeed,
  };
  const program = new Command('heed')
    .version(version())
    .showHelpAfterError('`heed --help` lists the verbs and options.')
    .description('Spoken commands for your code. Audio goes to the machine that runs heed, and no further.')
    .helpCommand(false);
  for (const make of [
    devVerb,
    hearVerb,
    sayVerb,
    replayVerb,
    testVerb,
    tuneVerb,
    transcribeVerb,
    modelsVerb,
    doctorVerb,
    buildVerb,
  ])
    program.addCommand(make(host));
  for (const command of [program, ...program.commands, ...program.commands.flatMap((child) => child.commands)])
    command.exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 || error.code === 'commander.help' ? exitCodes.done : exitCodes.usage;
    printError(error);
    return exitCodes.failed;
  }
  return exitCode;
}
