import type { Command } from 'commander';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { dropToken } from '../platform/kept-token.ts';
import { usualJournalFile } from '../journal/index.ts';
import type { CliHost } from './host.ts';
import { eventLines } from './event-lines.ts';
import { LoadingSteps } from './loading-steps.ts';
import { heedOptions, printJson, verb, withSpeech, type CommonOptions } from './program.ts';
import { runServer } from './run-server.ts';
import { listening, welcome } from './welcome.ts';

/** `heed dev` starts the server and the page, and reloads command files when they change. */
export function devVerb(host: CliHost): Command {
  return withSpeech(
    verb('dev', 'Start the server and the page, and reload commands when they change', [
      'heed dev',
      'heed dev --port 8080 --commands ./my-commands',
      'heed dev --host 0.0.0.0    # for phones and other machines on your network',
    ]),
  )
    .option('--port <number>', 'port to listen on', (text) => Number(text))
    .option('--host <address>', 'address to listen on (default: this machine only)')
    .option('--new-token', 'make a new token; pages that were opened with the old one must be opened anew')
    .action(async (options: CommonOptions & { port?: number; host?: string; newToken?: boolean }) => {
      const server = {
        ...(options.port === undefined ? {} : { port: options.port }),
        ...(options.host === undefined ? {} : { host: options.host }),
      };
      const steps = new LoadingSteps(options.json === true ? undefined : process.stdout);
      await runServer({
        ...host,
        options: {
          ...heedOptions(options, { server }),
          onModelProgress: steps.onModelProgress,
          journalFile: usualJournalFile,
        },
        begin: (config) => {
          if (options.newToken === true) renewToken(config.server);
          steps.say('Loading the commands');
        },
        onCommands: ({ config }) => steps.say(`Loading the speech model ${config.transcribe.model}`),
        tell: (listener, heed) => {
          steps.end();
          if (options.json === true) {
            printJson(listening(listener));
            heed.bus.subscribe({}, eventLines(process.stdout));
          } else welcome(heed, listener);
        },
      });
    });
}

/** Forgets the kept token, so that the server makes a new one. */
function renewToken({ token, tokenFile }: Config['server']): void {
  if (token !== '')
    throw new HeedError('bad-config', 'The option server.token sets the token. Change it there, without --new-token.');
  if (tokenFile !== '') dropToken(tokenFile);
}
