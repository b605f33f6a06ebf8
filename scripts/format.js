// npm run format: formats every source file with Prettier and clang-format; with --check it lists those that need it.
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
if (process.exitCode === 1 && isCheck) console.error('Run `npm run format` to format these files.');

// Neither tool breaks a long string or path, so long lines are checked here. ESLint checks only JavaScript and
// TypeScript.
const longest = 120;
const styled = readdirSync('web').filter((name) => /\.(css|html)$/.test(name));
for (const file of isCheck ? [...nativeFiles, ...styled.map((name) => `web/${name}`)] : []) {
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if ([...line].length <= longest) continue;
    console.error(`${file}:${index + 1} has more than ${longest} columns.`);
    process.exitCode = 1;
  }
}
