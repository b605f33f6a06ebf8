#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (!existsSync(main)) {
  console.error('heed is not built yet: run `npm run setup` in its folder first.');
  process.exit(1);
}
const { runCli } = await import(main.href);
process.exitCode = await runCli(process.argv.slice(2));
// What a command left open, such as a timer or a connection, must not keep the command line waiting.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));
