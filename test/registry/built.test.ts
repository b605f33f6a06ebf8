import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CommandFiles } from './command-files.ts';

const bin = resolve('bin/heed.js');

test('The built heed loads TypeScript commands in a project without it, and tells errors by line', async () => {
  const files = new CommandFiles({
    'commands/hello.ts': [
      "import { CommandError, defineCommand, text } from 'heed';",
      "import { greet } from './_greet.ts';",
      '',
      'export default defineCommand({',
      "  phrases: ['hello {name}'],",
      '  slots: { name: text() },',
      '  run({ args }: { args: { name: string } }) {',
      "    if (args.name === 'nobody') throw new CommandError('Nobody is there.');",
      "    if (args.name === 'crash') throw new Error('crashed');",
      '    return { say: greet(args.name) };',
      '  },',
      '});',
    ].join('\n'),
    'commands/_greet.ts':
      "enum Word { Hi = 'Hi' }\nexport const greet = (name: string): string => `${Word.Hi} ${name}`;",
    'commands/import.ts':
      "import { defineCommand,\n  lists } from 'heed';\n" +
      'export default defineCommand({ phrases: [lists()], run() {} });',
    'commands/syntax.ts': '\nexport default (',
    'commands/throws.ts': "type A = string;\n\nthrow new Error('top' as A);",
  });
  const say = (text: string): Promise<{ stdout: string; stderr: string }> =>
    promisify(execFile)(process.execPath, [bin, 'say', '--json', text], { cwd: files.dir }).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
  const [fine, refused, crashed] = await Promise.all([say('hello world'), say('hello nobody'), say('hello crash')]);
  const ends = [fine, refused, crashed].map(({ stdout }) =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string })
      .find(({ type }) => /completed|failed/.test(type)),
  );
  expect(ends).toMatchObject([
    { say: 'Hi world' },
    { code: 'command-failed', message: 'Nobody is there.' },
    { code: 'internal', message: 'hello failed; the log has the details.' },
  ]);
  expect(fine.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(
      /^! commands\/import\.ts:2: Loading fails: SyntaxError: .*'heed' does not provide an export named 'lists'/,
    ),
    expect.stringMatching(/^! commands\/syntax\.ts:2: This does not compile/),
    '! commands/throws.ts:3: Loading fails: Error: top',
  ]);
  expect(crashed.stderr).toMatch(/hello failed: Error: crashed\n\s+at .*commands\/hello\.ts:9\)/);
});
