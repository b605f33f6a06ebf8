import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { eventually, patient } from '../patience.ts';
import { command, hostStage, type HostStage } from './stage.ts';

vi.setConfig({ testTimeout: patient(60_000) });

const works = command('go', `() => ({ say: 'gone' })`);

/** Where the problems are, and their messages. */
function problemsOf({ heed, dir }: HostStage): [string, number | undefined, string][] {
  return heed.registry.problems.map(({ file, line, message }) => [file!.replace(`${dir}/`, ''), line, message]);
}

test.each<[string, string, number | undefined, RegExp]>([
  ['a rejected promise', `\nvoid Promise.reject(new TypeError('lost'));\n`, 2, /TypeError: lost$/],
  ['a timer', `\n\nsetTimeout(() => { throw new Error('late'); }, 50);\n`, 3, /Error: late$/],
  ['what is no error', `void Promise.reject('nothing');\n`, undefined, /Error: 'nothing'$/],
  [
    'an error of Node',
    `import { readFile } from 'node:fs/promises';\nvoid readFile('/nowhere');\n`,
    undefined,
    /ENOENT/,
  ],
  ['a wait', `const wait = async () => { await null;\nthrow new Error('late'); };\nvoid wait();\n`, 2, /Error: late$/],
])(
  '%s of a loaded file that nobody catches is a problem of this file, and its command works',
  async (_, text, line, told) => {
    const stage = await hostStage({ 'go.ts': `${text}${works}`, 'other.ts': command('other', '() => undefined') });
    await eventually(() => expect(problemsOf(stage)).toEqual([['go.ts', line, expect.stringMatching(told)]]));
    expect(await stage.say('go')).toMatchObject({ type: 'command.completed', say: 'gone' });
    writeFileSync(join(stage.dir, 'go.ts'), works);
    await stage.heed.registry.load(stage.dir);
    expect(problemsOf(stage)).toEqual([]);
  },
);

test('one that comes again and again is told ever less often, with its number', async () => {
  const stage = await hostStage({
    'go.ts': `import { existsSync } from 'node:fs';
      let left = 150;
      setInterval(() => {
        if (left > 0 && existsSync(import.meta.dirname + '/begin')) { left--; throw new Error('again'); }
      });
      ${works}`,
  });
  const told: string[][] = [];
  stage.heed.on('commands.changed', ({ commands, problems }) => told.push([...commands, ...problems]));
  writeFileSync(join(stage.dir, 'begin'), '');
  await eventually(() => expect(problemsOf(stage)[0]?.[2]).toMatch(/: again \(100 times so far\)$/));
  expect(told.map(([name, problem]) => [name, /\(.*|again$/.exec(problem!)?.[0]])).toEqual([
    ['go', 'again'],
    ['go', '(10 times so far)'],
    ['go', '(100 times so far)'],
  ]);
  expect(stage.logged.filter((line) => line.includes('no command has caught'))).toHaveLength(3);
});

test('a file that throws in a helper is told with the place in that, and an older version is not', async () => {
  const throwing = (text: string): string =>
    `export const timer = setInterval(() => { throw new Error('${text}'); }, 20);`;
  const files = { '_helper.ts': throwing('old'), 'go.ts': `import './_helper.ts';\n${works}` };
  const stage = await hostStage(files);
  await eventually(() => expect(problemsOf(stage)).toMatchObject([['_helper.ts', 1, expect.stringContaining('old')]]));
  writeFileSync(join(stage.dir, '_helper.ts'), `\n${throwing('new')}`);
  await stage.heed.registry.load(stage.dir);
  await eventually(() => expect(problemsOf(stage)).toMatchObject([['_helper.ts', 2, expect.stringContaining('new')]]));
});

test('keys that the error quotes are hidden', async () => {
  const stage = await hostStage(
    { 'go.ts': `void Promise.reject(new Error('no such key: planted-key-9'));\n${works}` },
    { webhook: { url: 'http://127.0.0.1:9', secret: 'planted-key-9' } },
  );
  await eventually(() => expect(problemsOf(stage)).toEqual([['go.ts', 1, expect.stringContaining('key: [hidden]')]]));
  expect(stage.logged.join('\n')).not.toContain('planted');
});

test('files that throw everywhere do not fill the memory', async () => {
  const lines = Array.from({ length: 60 }, (_, i) => `void Promise.reject(new Error('${i}'));`);
  const stage = await hostStage({ 'go.ts': `${lines.join('\n')}\n${works}` });
  await eventually(() => expect(stage.logged.join('\n')).toContain('Error: 59'));
  expect(problemsOf(stage)).toHaveLength(20);
});
