import type { Command } from 'commander';
import type { Heed } from '../heed.ts';
import type { CliHost } from './host.ts';
import { heedOptions, printJson, printProblems, verb, withSpeech, type CommonOptions } from './program.ts';
import { runServer } from './run-server.ts';

/** `heed dev` starts the server and the page, and reloads command files when they change. */
export function devVerb({ done, createHeed }: CliHost): Command {
  return withSpeech(
    verb('dev', 'Start the server and the page, and reload commands when they change', [
      'heed dev',
      'heed dev --port 8080 --commands ./my-commands',
    ]),
  )
    .option('--port <number>', 'port to listen on', (text) => Number(text))
    .option('--host <address>', 'address to listen on (default: this machine only)')
    .action(async (options: CommonOptions & { port?: number; host?: string }) => {
      const server = {
        ...(options.port === undefined ? {} : { port: options.port }),
        ...(options.host === undefined ? {} : { host: options.host }),
      };
      const heed = await createHeed(heedOptions(options, { server }));
      await runServer(heed, { done }, (url) => {
        if (options.json === true) {
          printJson({ type: 'listening', url });
          heed.bus.subscribe({}, printJson);
        } else tellPeople(heed, url);
      });
    });
}

function tellPeople(heed: Heed, url: string): void {
  const showProblems = (): void => printProblems(heed.registry.problems);
  showProblems();
  console.log(`\n  heed listens. Open this page and press Talk:\n\n    ${url}\n`);
  console.log(`  ${heed.registry.commands.length} commands are loaded from ${heed.config.commands.dir}/.`);
  console.log('  Try: “set the kitchen lights to fifty percent”.');
  console.log('  Audio never leaves this machine. Press Ctrl+C to stop.\n');
  heed.on('commands.changed', ({ commands }) => {
    console.log(`  The commands were reloaded: ${commands.join(', ')}.`);
    showProblems();
  });
}
