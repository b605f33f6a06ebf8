import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createHeed, type EventOf, type Heed } from 'heed';
import { bundleCommands } from '../src/registry/bundle.ts';
import { localImporter } from '../src/registry/index.ts';
import { patient } from './patience.ts';

vi.setConfig({ testTimeout: patient(60_000) });

const page = ['docs/commands.md', 'docs/dialogs.md'].map((file) => readFileSync(file, 'utf8')).join('\n');
const blocks = [...page.matchAll(/^```ts(.*)\n([\s\S]*?)^```$/gm)].map((found) => ({
  file: found[1]!.trim(),
  source: found[2]!,
}));
const programs = blocks.map(({ file }) => file).filter((file) => file.startsWith('programs/'));

const folder = mkdtempSync(join(tmpdir(), 'heed-docs-'));
const cwd = process.cwd();
let heed: Heed;

beforeAll(async () => {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const { file, source } of blocks) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
  heed = await createHeed({
    commandsDir: join(folder, 'commands'),
    config: { commands: { watch: false } },
    log: () => undefined,
  });
});

afterAll(async () => {
  process.chdir(cwd);
  await heed.close();
  rmSync(folder, { recursive: true, force: true });
});

test('Every block of code has the name of its file', () => {
  expect(blocks.length).toBeGreaterThan(8);
  expect(blocks.map(({ file }) => file)).toEqual(
    blocks.map(() => expect.stringMatching(/^(?:commands|programs)\/[a-z]+\.ts$/)),
  );
});

test('All code compiles', () => {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => readFileSync(path, 'utf8')) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, cwd);
  const program = ts.createProgram(
    blocks.map(({ file }) => join(folder, file)),
    { ...options, rootDir: '/' },
  );
  const messages = blocks.flatMap(({ file }) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(join(folder, file))),
  );
  expect(messages.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  // All of heed is checked with it, which takes a while on a busy machine.
});

test('All commands load, their examples included', () => {
  expect(heed.registry.problems).toEqual([]);
  expect(heed.registry.commands.map(({ file }) => file).length).toBe(blocks.length - programs.length);
});

test('A topic begins with the state that its command declares', () => {
  expect(heed.bus.state().get('fan')).toEqual({ speed: 0 });
});

test('Every example runs its command', async () => {
  const failed: string[] = [];
  const stops = [
    heed.on('command.failed', ({ command, message }: EventOf<'command.failed'>) =>
      failed.push(`${command}: ${message}`),
    ),
    heed.on('command.unmatched', ({ text }) => failed.push(text)),
    // What is typed here has no voice, as the page says of commands that only some voices may give.
    heed.on('command.refused', ({ command, reason, code }) => {
      if (code !== 'no-voice') failed.push(`${command}: ${reason}`);
    }),
  ];
  for (const { phrases, examples, contexts } of heed.registry.commands) {
    for (const {
      say,
      language = Array.isArray(phrases) ? 'en' : Object.keys(phrases)[0]!,
      contexts: own,
    } of examples) {
      const session = await heed.openSession({ audio: false, language, contexts: [...contexts, ...(own ?? [])] });
      const stop = heed.on('prompt', ({ kind, text, prompt_id: id, session_id: of }) => {
        if (of === session.id && kind !== 'say')
          setImmediate(() =>
            session.answer(id, kind === 'confirm' ? 'yes' : text.startsWith('Private') ? 'work' : 'something'),
          );
      });
      await session.say(say);
      stop();
      await session.close();
    }
  }
  for (const stop of stops) stop();
  // No weather station exists in this test.
  expect(failed).toEqual(['weather: I cannot reach the weather station of paris.']);
});

test('A slide can be asked for once the show has been started, and until it ends', async () => {
  const types: string[] = [];
  const stops = (['command.completed', 'command.unmatched'] as const).map((type) =>
    heed.on(type, () => types.push(type)),
  );
  const session = await heed.openSession({ audio: false, language: 'en' });
  for (const phrase of ['next', 'start the slide show', 'next', 'end the slide show', 'next'])
    await session.say(phrase);
  await session.close();
  for (const stop of stops) stop();
  expect(types).toEqual(
    ['unmatched', 'completed', 'completed', 'completed', 'unmatched'].map((ending) => `command.${ending}`),
  );
});

test.each(programs)('%s runs', async (file) => {
  process.chdir(folder);
  const { urls } = await bundleCommands(dirname(join(folder, file)), {
    paths: [join(folder, file)],
    authorModule: localImporter(10_000).authorModule,
  });
  await import([...urls.values()][0]!);
});
