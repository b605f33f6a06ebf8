import type { Command } from 'commander';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { usualJournalFile } from '../journal/index.ts';
import type { CliHost } from './host.ts';
import { heedOptions, printJson, verb, withSpeech, type CommonOptions } from './program.ts';
import { runServer } from './run-server.ts';

/** `heed serve` runs the server as a service: its address is printed without the token, and the rest is in the log. */
export function serveVerb(host: CliHost): Command {
  return withSpeech(
    verb('serve', 'Run the server as a service, which SIGTERM ends gently', [
      'heed serve    # with the token in the variable HEED_SERVER_TOKEN',
      'heed serve --host 0.0.0.0 --config /etc/heed/heed.config.json',
    ]),
  )
    .option('--port <number>', 'port to listen on', (text) => Number(text))
    .option('--host <address>', 'address to listen on (default: this machine only)')
    .action(async (options: CommonOptions & { port?: number; host?: string }) => {
      const server = {
        ...(options.port === undefined ? {} : { port: options.port }),
        ...(options.host === undefined ? {} : { host: options.host }),
      };
      await runServer({
        ...host,
        options: { ...heedOptions(options, { server }), journalFile: usualJournalFile },
        begin: (config) => expectToken(config.server),
        onCommands: ({ registry, log }) => {
          for (const { message, file, line } of registry.problems) log(message, { file, line });
        },
        tell: (listener) => {
          const url = new URL(listener.url);
          url.searchParams.delete('token');
          if (options.json === true) printJson({ type: 'listening', url: url.href });
          else console.log(`heed listens at ${url.href}; clients need the token.`);
        },
      });
    });
}

function expectToken({ token }: Config['server']): void {
  if (token !== '') return;
  throw new HeedError(
    'bad-config',
    'heed serve does not print a token, so it needs one that clients know: set server.token, or the variable ' +
      'HEED_SERVER_TOKEN, to a long random text. heed dev makes one up and prints it.',
  );
}
