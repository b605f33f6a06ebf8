import type { Command } from 'commander';
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

/** `heed say TEXT` matches a typed phrase and runs its command, as if it had been spoken. */
export function sayVerb({ done, createHeed }: CliHost): Command {
  return withSpeech(
    verb('say', 'Run a typed phrase as if it had been spoken', [
      'heed say "set the kitchen lights to fifty percent"',
      'heed say --json "close the blinds in the office"',
      'heed say --context music "next song"',
    ]),
  )
    .argument('<text...>', 'the phrase')
    .addOption(contextOption())
    .action(async (words: string[], options: CommonOptions & ContextOptions) => {
      const heed = await createHeed(heedOptions(options, { commands: { watch: false } }));
      const printer = new EventPrinter(heed, options.json === true);
      try {
        const session = await heed.openSession({ audio: false, contexts: options.context ?? [] });
        await session.say(words.join(' '));
        await session.close();
        done(printer.counts.completed > 0 && printer.counts.failed === 0 ? exitCodes.done : exitCodes.failed);
      } finally {
        await heed.close();
      }
    });
}
