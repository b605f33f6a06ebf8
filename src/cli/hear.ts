import type { Command } from 'commander';
import type { Heed } from '../heed.ts';
import { StreamClock } from '../session/index.ts';
import type { CliHost } from './host.ts';
import { EventPrinter } from './event-printer.ts';
import { framesOfFile, hearAtLeisure } from './hear-samples.ts';
import { checkInputs, shownName, withFile } from './input.ts';
import { PatientEars } from './patient-ears.ts';
import {
  contextOption,
  exitCodes,
  heedOptions,
  printFileError,
  verb,
  withSpeech,
  type CommonOptions,
  type ContextOptions,
} from './program.ts';

/** `heed hear FILE…` takes audio files through all stages and runs the commands in them. */
export function hearVerb({ done, createHeed }: CliHost): Command {
  const command: Command = withSpeech(
    verb('hear', 'Treat audio files as if they were spoken now, and run their commands', [
      'heed hear order.wav',
      'heed hear --json *.flac | jq .type',
      'heed hear --context music next.wav',
      'cat order.ogg | heed hear -',
    ]),
  )
    .argument('<files...>', 'audio files: WAV, FLAC, Ogg, MP3, M4A, WebM; - for standard input')
    .addOption(contextOption())
    .action(async (files: string[], options: CommonOptions & ContextOptions) => {
      checkInputs(command, files);
      const heed = await createHeed(
        heedOptions(options, { commands: { watch: false }, transcribe: { partials: false } }),
      );
      const printer = new EventPrinter(heed, options.json === true);
      try {
        await heed.ears();
        let broken = 0;
        for (const file of files) {
          if (files.length > 1 && options.json !== true) console.log(shownName(file));
          try {
            const { maxUploadBytes: maxBytes } = heed.config.audio;
            await withFile(file, { maxBytes }, (path) => hear(path, heed, options.context ?? []));
          } catch (error) {
            printFileError(shownName(file), error);
            broken++;
          }
        }
        const { errors, failed, unmatched } = printer.counts;
        done(broken + errors + failed + unmatched === 0 ? exitCodes.done : exitCodes.failed);
      } finally {
        await heed.close();
      }
    });
  return command;
}

/** The phrases of a file are as old as the file says, however long they take to be read here. */
async function hear(path: string, heed: Heed, contexts: string[]): Promise<void> {
  const leisure = { ears: new PatientEars(await heed.ears()), clock: new StreamClock() };
  const session = await heed.openSession({ contexts, ...leisure });
  // Nothing that heed says is heard in a file.
  session.setPlaying(false);
  try {
    const frames = framesOfFile(path, heed.config, { onEarlyEnd: (error) => session.report(error) });
    await hearAtLeisure(session, frames, leisure);
  } finally {
    await session.close();
  }
}
