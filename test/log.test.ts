import { expect, test } from 'vitest';
import { createLog, logLevels, type LogOptions } from '../src/log.ts';

function logged(options: Partial<LogOptions>, write: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = [];
  write(
    createLog({ level: 'debug', format: 'text', transcripts: false, write: (line) => lines.push(line), ...options }),
  );
  return lines;
}

test.each(logLevels)('the level %s lets the graver lines through, and no others', (level) => {
  const lines = logged({ level }, (log) => {
    for (const own of logLevels) log('It happened.', { level: own });
  });
  expect(lines).toEqual(logLevels.slice(0, logLevels.indexOf(level) + 1).map((own) => `${own}: It happened.`));
});

test('a line without a level is a warning, and its fields follow the message', () => {
  expect(logged({}, (log) => log('A worker ended.', { worker: 7, reason: 'a crash', code: undefined }))).toEqual([
    'warn: A worker ended. worker=7 reason="a crash"',
  ]);
});

test('as JSON a line is one object, whatever is in the message', () => {
  const [line] = logged({ format: 'json' }, (log) => log('two\nlines "quoted"', { level: 'error', session: 's' }));
  expect(line).not.toContain('\n');
  expect(JSON.parse(line!)).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    level: 'error',
    message: 'two\nlines "quoted"',
    session: 's',
  });
});

test('nothing in a line commands the terminal', () => {
  const message = 'a\x1b]52;c;ZXZpbA==\x07 b\x9b2J\r\tc\nd\x7f';
  expect(logged({}, (log) => log(message))).toEqual(['warn: a\\x1b]52;c;ZXZpbA==\\x07 b\\x9b2J\\x0d\tc\nd\\x7f']);
});

test('what was said is hidden, as whole words in any case, but not in the places of a stack', () => {
  const message = 'Error: no Blue PAINT on 4\n    at paint (paint.ts:4)';
  const spoken = ['blue paint', 'on', '4', ''];
  expect(logged({}, (log) => log(message, { spoken }))).toEqual([
    'warn: Error: no [hidden] [hidden] [hidden]\n    at paint (paint.ts:4)',
  ]);
  expect(logged({ transcripts: true }, (log) => log(message, { spoken }))).toEqual([`warn: ${message}`]);
});

test.each(['text', 'json'] as const)('as %s, no line holds a secret or the token of an address', (format) => {
  const secrets = ['s"cret', 'https://hook.example/key'];
  const [line] = logged({ format, secrets, transcripts: true }, (log) =>
    log('s"cret, https://hook.example/key and /v1/events?types=a&token=abc&x=1', { field: 's"cret' }),
  );
  expect(line).not.toMatch(/s\\?"cret|hook\.example|abc/);
  expect(line).toContain('x=1');
});
