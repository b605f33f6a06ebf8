import type { Command } from 'commander';
import { createHeed } from '../heed.ts';
import { EventPrinter } from './event-printer.ts';
import { exitCodes, heedOptions, verb, withSpeech, type CommonOptions } from './program.ts';

/** `heed say TEXT`: a phrase goes through matching and its command runs, as if it had been spoken. */
export function sayVerb(done: (code: number) => void): Command {
  return withSpeech(verb('say', 'Run a typed phrase as if it had been spoken', [
    'heed say "set the kitchen lights to fifty percent"',
    'heed say --json "close the blinds in the office"',
    'heed say --context music "next song"',
  ]))
    .argument('<text...>', 'the phrase')
    .option('--context <names>', 'contexts that are active, such as music or music,kitchen; may be given again', addNames)
    .action(async (words: string[], options: CommonOptions & { context?: string[] }) => {
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

function addNames(names: string, before: string[] = []): string[] {
  return [...before, ...names.split(',')];
}
