import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Command } from 'commander';
import { hashPin, pinPattern } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import type { CliHost } from './host.ts';
import { exitCodes } from './program.ts';

/** `heed pin`: makes the hash of a PIN for the options. */
export function pinVerb({ done }: CliHost): Command {
  return new Command('pin')
    .description('Make the hash of a PIN that confirms commands of high risk, for the option dispatch.pin')
    .addHelpText('after', '\nThe PIN is read from the terminal without being shown, or from standard input.')
    .action(async () => {
      const pin = await readLine();
      if (!pinPattern.test(pin)) throw new HeedError('bad-config', 'A PIN has four to twelve digits.');
      console.log(await hashPin(pin));
      done(exitCodes.done);
    });
}

/** Reads one line and shows nothing of it. */
async function readLine(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('PIN: ');
  const silent = new Writable({ write: (_chunk, _encoding, next) => next() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    lines.close();
    if (process.stdin.isTTY) process.stderr.write('\n');
  }
}
