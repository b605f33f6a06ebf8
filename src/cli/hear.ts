import type { Command } from 'commander';
import { decodeAudioFile } from '../audio/index.ts';
import type { CliHost } from './host.ts';
import { EventPrinter } from './event-printer.ts';
import {
  contextOption,
  exitCodes,
  heedOptions,
  verb,
  withSpeech,
  type CommonOptions,
  type ContextOptions,
} from './program.ts';

/** `heed hear FILE…` takes audio files through all stages and runs the commands in them. */
export function hearVerb({ done, createHeed }: CliHost): Command {
  return withSpeech(
    verb('hear', 'Treat audio files as if they were spoken now, and run their commands', [
      'heed hear order.wav',
      'heed hear --json *.flac | jq .type',
      'heed hear --context music next.wav',
    ]),
  )
    .argument('<files...>', 'audio files: WAV, FLAC, Ogg, MP3, M4A, WebM')
    .addOption(contextOption())
    .action(async (files: string[], options: CommonOptions & ContextOptions) => {
      const heed = await createHeed(
        heedOptions(options, { commands: { watch: false }, transcribe: { partials: false } }),
      );
      const printer = new EventPrinter(heed, options.json === true);
      try {
        for (const file of files) {
          if (files.length > 1 && options.json !== true) console.log(file);
          const session = await heed.openSession({ contexts: options.context ?? [] });
          const decoded = decodeAudioFile(file, { onEarlyEnd: (error) => session.report(error) });
          for await (const samples of decoded) await session.push(samples);
          await session.flush();
          await session.close();
        }
        const { errors, failed, unmatched } = printer.counts;
        done(errors + failed + unmatched === 0 ? exitCodes.done : exitCodes.failed);
      } finally {
        await heed.close();
      }
    });
}
