// npm run format: sets every source file as Prettier and clang-format want it; with --check it tells which are not.
import { readdirSync } from 'node:fs';
import { run } from './run.js';

const isCheck = process.argv.includes('--check');
const nativeFiles = readdirSync('native', { recursive: true })
  .filter((name) => /\.(cpp|h)$/.test(name))
  .map((name) => `native/${name}`);
const formatters = [
  ['node_modules/prettier/bin/prettier.cjs', isCheck ? '--check' : '--write', '--log-level=warn', '.'],
  ['node_modules/clang-format-node/build/cli.js', ...(isCheck ? ['--dry-run', '--Werror'] : ['-i']), ...nativeFiles],
];
for (const command of formatters) {
  if ((await run(process.execPath, command)) !== 0) process.exitCode = 1;
}
if (process.exitCode === 1 && isCheck) console.error('`npm run format` sets these files right.');
