// npm run format: sets every source file as Prettier and clang-format want it; with --check it tells which are not.
import { readdirSync, readFileSync } from 'node:fs';
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

// Neither breaks a long string or path. ESLint looks at scripts; these files are of other languages.
const longest = 120;
const styled = readdirSync('web').filter((name) => /\.(css|html)$/.test(name));
for (const file of isCheck ? [...nativeFiles, ...styled.map((name) => `web/${name}`)] : []) {
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if ([...line].length <= longest) continue;
    console.error(`${file}:${index + 1} has more than ${longest} columns.`);
    process.exitCode = 1;
  }
}
