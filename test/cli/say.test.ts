import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { History, maxHistory } from '../../src/cli/history.ts';
import { linesOf, maxLineLength } from '../../src/cli/lines.ts';
import { sayVerb } from '../../src/cli/say.ts';
import { TerminalLines } from '../../src/cli/terminal-lines.ts';
import { runVerb, workFolder } from './audio-commands.ts';

let folder: ReturnType<typeof workFolder>;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => rmSync(folder.root, { recursive: true }));

const writeCommand = (name: string, source: string): void =>
  writeFileSync(join(folder.commandsDir, `${name}.ts`), `import { defineCommand, list } from 'heed';\n${source}`);
const run = (...args: string[]) => runVerb(sayVerb, ['--commands', folder.commandsDir, ...args]);
const runLines = (text: string, ...args: string[]) =>
  runVerb(sayVerb, ['--commands', folder.commandsDir, ...args], { input: Buffer.from(text) });

describe('heed say', () => {
  beforeEach(() => {
    for (const context of ['music', 'slides']) {
      writeFileSync(
        join(folder.commandsDir, `${context}.ts`),
        `export default { phrases: ['next [in] ${context}'], contexts: ['${context}'], run() {} };`,
      );
    }
  });

  test.each([
    [[], 1],
    [['--context', 'slides'], 1],
    [['--context', 'music'], 0],
    [['--context', 'music,slides'], 0],
    [['--context', 'slides', '--context', 'music'], 0],
  ])('with %j gives a command of a context the exit code %i', async (options, code) => {
    expect((await run(...options, 'next', 'in', 'music')).code).toBe(code);
  });

  test('refuses a context that no command names', async () => {
    await expect(run('--context', 'musik', 'next music')).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('heed say fails for a command for later that ends with it, and not for one that a file keeps', async () => {
  writeCommand('tea', `export default defineCommand({ phrases: ['make tea'], delayable: true, run() {} });`);
  const lost = await run('make tea in ten minutes');
  expect([lost.code, lost.errors]).toEqual([1, expect.stringContaining('will not run, because heed ends here')]);
  const config = join(folder.root, 'heed.config.json');
  writeFileSync(config, JSON.stringify({ dispatch: { journal: join(folder.root, 'journal.db') } }));
  expect((await run('--config', config, 'make tea in ten minutes')).code).toBe(0);
});

describe('heed say without a phrase', () => {
  beforeEach(() => {
    writeCommand(
      'door',
      `export default defineCommand({
        phrases: ['open the door'],
        risk: 'high',
        // Takes a turn of the event loop, so that the next line has to wait.
        run: () => new Promise((resolve) => setImmediate(() => resolve({ say: 'The door is open.' }))),
      });`,
    );
    writeCommand(
      'tea',
      `export default defineCommand({
        phrases: ['make tea'],
        run: async ({ ask }) => {
          const kind = await ask('Which kind?', { slot: list(['green', 'black']) });
          return { say: 'One ' + kind + ' tea.', undo: () => undefined };
        },
      });`,
    );
  });

  test.each([[[]], [['-']]])('takes the lines of a pipe one after the other, with %j as arguments', async (args) => {
    const { code, output } = await runLines('open the door\nyes\n\nmake tea\nblack\nturn on the lamp', ...args);
    const lines = output.split('\n').map((line) => line.trim());
    expect(lines.filter((line) => /^[>?✓✗]/.test(line))).toEqual([
      '> open the door',
      expect.stringMatching(/^\? .*open the door/),
      '> yes',
      '✓ The door is open.',
      '> make tea',
      '? Which kind?',
      '> black',
      '✓ One black tea.',
      '> turn on the lamp',
      '✓ done',
    ]);
    expect(code).toBe(0);
  });

  test.each([
    ['a phrase that is no command', 'turn on the lamp\nfly to the moon\n', '? No command'],
    ['a question that is answered with no', 'open the door\nno\n', '✗ refused: The speaker said no.'],
    ['a question that is not answered', 'open the door\n', '✗ refused: The session has ended.'],
    ['nothing to take back', 'undo\n', '✗ There is nothing to take back.'],
    ['nothing at all', '', ''],
  ])('ends with 1 after %s', async (_what, input, shown) => {
    const { code, output } = await runLines(input);
    expect(output).toContain(shown);
    expect(code).toBe(1);
  });

  test('keeps a question open while another phrase is no answer', async () => {
    const { output } = await runLines('open the door\nfly to the moon\nyes\nturn on the lamp\n');
    expect(output).toContain('✓ The door is open.');
    expect(output.indexOf('door is open')).toBeLessThan(output.indexOf('> turn on the lamp'));
  });

  test.each(['undo', '/undo', 'Undo'])('takes the last command back with %s', async (word) => {
    const { code, output } = await runLines(`make tea\ngreen\n${word}\n`);
    expect(output).toContain('Taken back: “make tea”.');
    expect(code).toBe(0);
  });

  test('leaves the word undo to a command that means something by it', async () => {
    writeCommand('undo', `export default defineCommand({ phrases: ['undo'], run: () => ({ say: 'mine' }) });`);
    expect((await runLines('undo\n')).output).toContain('✓ mine');
  });

  test('lists what can be said, and stops where it is told to', async () => {
    const { output } = await runLines('/help\n/quit\nturn on the lamp\n');
    expect(output).toContain('tea: “make tea”');
    expect(output).not.toContain('→ lamp');
  });

  test('writes nothing but events with --json', async () => {
    const { code, output } = await runLines('make tea\ngreen\n/undo\n', '--json');
    const events = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; text?: string });
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['command.matched', 'prompt', 'command.completed', 'session.ended']),
    );
    expect(events.find(({ text }) => text?.startsWith('Taken back'))).toBeDefined();
    expect(code).toBe(0);
  });
});

describe('A conversation in a terminal', () => {
  const historyPath = (): string => {
    const dir = mkdtempSync(join(tmpdir(), 'heed-history-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    return join(dir, '.heed', 'say-history');
  };

  function terminal(path: string): { lines: TerminalLines; input: PassThrough; shown: () => string } {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let text = '';
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const lines = new TerminalLines({ input, output, history: new History(path), prompt: () => '> ' });
    return { lines, input, shown: () => text };
  }

  async function collect(lines: TerminalLines): Promise<string[]> {
    const found: string[] = [];
    for await (const line of lines) found.push(line);
    return found;
  }

  test('remembers phrases across runs, in a file that nobody else may read', async () => {
    const path = historyPath();
    const first = terminal(path);
    const typed = collect(first.lines);
    first.input.write('turn on the lamp\rmake tea\r');
    // The up arrow, twice, in the next run brings the older phrase back.
    await new Promise((resolve) => setImmediate(resolve));
    first.input.write('\x03');
    expect(await typed).toEqual(['turn on the lamp', 'make tea']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const second = terminal(path);
    const again = second.lines[Symbol.asyncIterator]();
    const line = again.next();
    second.input.write('\x1b[A\x1b[A\r');
    expect((await line).value).toBe('turn on the lamp');
    second.lines.close();
  });

  test.each([
    ['Ctrl+C', '\x03'],
    ['Ctrl+D', '\x04'],
  ])('ends with %s', async (_name, key) => {
    const { lines, input } = terminal(historyPath());
    const typed = collect(lines);
    input.write(key);
    expect(await typed).toEqual([]);
    await lines.closed;
  });

  test('prints above what is being typed', async () => {
    const { lines, input, shown } = terminal(historyPath());
    const typed = collect(lines);
    input.write('turn o');
    await new Promise((resolve) => setImmediate(resolve));
    lines.print('The tea is ready.');
    expect(shown()).toMatch(/The tea is ready\.\n.*> turn o/s);
    lines.close();
    await typed;
  });

  test('forgets the oldest phrases', () => {
    const path = historyPath();
    const history = new History(path);
    for (let i = 0; i < maxHistory + 3; i++) history.add(`phrase ${i}`);
    expect(new History(path).phrases).toHaveLength(maxHistory);
    expect(readFileSync(path, 'utf8')).toMatch(/^phrase 3\n/);
  });
});

describe('Lines of a stream', () => {
  async function* stream(...chunks: (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
    yield* chunks;
  }
  const all = async (lines: AsyncIterable<string>): Promise<string[]> => {
    const found: string[] = [];
    for await (const line of lines) found.push(line);
    return found;
  };

  test('come whole, wherever the stream is cut', async () => {
    const umlaut = Buffer.from('ü');
    const cut = stream('one\r\ntw', 'o\n', umlaut.subarray(0, 1), umlaut.subarray(1), '\nlast');
    expect(await all(linesOf(cut))).toEqual(['one', 'two', 'ü', 'last']);
  });

  test('have a limit', async () => {
    await expect(all(linesOf(stream('a'.repeat(maxLineLength), 'a')))).rejects.toMatchObject({ code: 'too-large' });
  });
});
