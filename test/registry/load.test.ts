import { describe, expect, it } from 'vitest';
import { CommandError, localImporter, Registry, type CommandContext } from '../../src/registry/index.ts';
import { patient } from '../patience.ts';
import { CommandFiles, commandSource } from './command-files.ts';

/** The handlers of these tests need no context. */
const noContext = {} as CommandContext;

async function load(
  files: Record<string, string>,
  language = 'en',
  loadTimeoutMs = patient(10_000),
): Promise<{ files: CommandFiles; registry: Registry }> {
  const folder = new CommandFiles(files);
  const registry = new Registry({ language, importer: localImporter(loadTimeoutMs) });
  await registry.load(folder.dir);
  return { files: folder, registry };
}

const names = (registry: Registry): string[] => registry.commands.map(({ name }) => name);
const say = async (registry: Registry, name: string): Promise<unknown> => registry.get(name)!.run(noContext);

describe('A folder of command files', () => {
  it('becomes commands named after the files', async () => {
    const { registry, files } = await load({
      'go.ts': commandSource('go'),
      'stop-it.js': commandSource('stop'),
      'wait.mjs': commandSource('wait'),
      'music/play.ts': commandSource('play'),
      '_shared.ts': 'throw new Error();',
      '_drafts/x.ts': '(',
      'types.d.ts': 'export type A = 1;',
      'go.test.ts': '(',
      'go.spec.js': '(',
      'notes.md': '#',
      '.hidden.ts': '(',
      'node_modules/p/index.js': '(',
    });
    expect(registry.problems).toEqual([]);
    expect(names(registry)).toEqual(['go', 'music/play', 'stop-it', 'wait']);
    expect(registry.get('go')).toMatchObject({
      file: files.path('go.ts'),
      line: 3,
      risk: 'low',
      description: '',
      examples: [],
      slots: {},
    });
    expect(await say(registry, 'music/play')).toEqual({ say: 'play' });
  });

  it('may have byte-order marks, which change neither the commands nor the lines of problems', async () => {
    const { registry } = await load({
      'go.ts': `\uFEFF${commandSource('go')}`,
      'place.ts': `\uFEFF${commandSource('place')}\nexport const place = import.meta.url;`,
    });
    expect(registry.problems).toEqual([]);
    expect(names(registry)).toEqual(['go', 'place']);
    expect(registry.get('go')).toMatchObject({ line: 3 });
  });

  it('may hold ES modules and CommonJS modules, whatever type the project has', async () => {
    for (const type of ['module', 'commonjs', undefined]) {
      const commonJs = (phrase: string): string =>
        [
          "const { defineCommand } = require('heed');",
          "const { basename } = require('node:path');",
          "const own = require('own-package');",
          `module.exports = defineCommand({ phrases: ['${phrase}'],`,
          '  run: () => ({ say: `${own} ${basename(__filename)} in ${basename(__dirname)}` }) });',
        ].join('\n');
      const { registry } = await load({
        'package.json': JSON.stringify({ type }),
        'node_modules/own-package/package.json': '{ "main": "index.js" }',
        'node_modules/own-package/index.js': 'module.exports = "own";',
        'sub/a.cjs': commonJs('alpha'),
        'sub/b.cts': commonJs('beta')
          .replace('const { defineCommand } =', 'import heed =')
          .replace('defineCommand', 'heed.defineCommand'),
        'sub/c.js': commonJs('gamma'),
        'd.mts': commandSource('delta'),
        'e.js': commandSource('echo'),
        'f.cts': commandSource('foxtrot'),
        'g.cjs': `Object.defineProperty(exports, '__esModule', { value: true });
          exports.default = { phrases: ['golf'], run: () => ({ say: 'golf' }) };`,
        'h.mjs': `import { createRequire } from 'node:module';
          const require = createRequire(import.meta.url);
          const { sep } = require('node:path');
          ${commandSource('hotel').replace("say: 'hotel'", 'say: sep')}`,
        'types.d.mts': 'export type A = 1;',
      });
      expect(registry.problems).toEqual([]);
      expect(names(registry)).toEqual(['d', 'e', 'f', 'g', 'h', 'sub/a', 'sub/b', 'sub/c']);
      expect(await say(registry, 'sub/a')).toEqual({ say: 'own a.cjs in sub' });
      expect(await say(registry, 'sub/b')).toEqual({ say: 'own b.cts in sub' });
      expect(await say(registry, 'sub/c')).toEqual({ say: 'own c.js in sub' });
      expect(await say(registry, 'h')).toEqual({ say: '/' });
    }
  });

  it('that does not exist is reported, but is not an error', async () => {
    const registry = new Registry({ language: 'en' });
    expect(await registry.load('/nowhere/commands')).toMatchObject([
      { severity: 'warning', file: '/nowhere/commands', message: expect.stringContaining('there is none') },
    ]);
    expect(registry.commands).toEqual([]);
  });

  it('may use TypeScript, packages, Node, JSON, shared files and its own place', async () => {
    const { registry, files } = await load({
      '_shared.ts': 'export enum Mood { Good = "good" }\nexport const shared = { count: 0 };',
      'words.json': '{ "greeting": "hello" }',
      'one.ts': `import { defineCommand, CommandError } from 'heed';
        import { join } from 'path';
        import { readFileSync } from 'node:fs';
        import own from 'own-package';
        import words from './words.json';
        import { Mood, shared } from './_shared.ts';
        const size = readFileSync(new URL('./words.json', import.meta.url), 'utf8').length;
        const say: string = [words.greeting, Mood.Good, own, join('a', 'b'), size, import.meta.filename].join(' ');
        export default defineCommand({ phrases: ['one'], run: () => {
          shared.count++;
          if (shared.count > 9) throw new CommandError('much');
          return { say };
        } });`,
      'two.ts': `import { defineCommand } from 'heed'; import { shared } from './_shared.ts';
        export default defineCommand({ phrases: ['two'], run: () => ({ say: String(shared.count) }) });`,
      'node_modules/own-package/package.json':
        '{ "name": "own-package", "exports": { "import": "./esm.js" }, "type": "module" }',
      'node_modules/own-package/esm.js': 'export default "own";',
    });
    expect(registry.problems).toEqual([]);
    expect(await say(registry, 'one')).toEqual({ say: `hello good own a/b 23 ${files.path('one.ts')}` });
    // A module that two commands share is loaded once.
    expect(await say(registry, 'two')).toEqual({ say: '1' });
  });

  it('gets the classes of the running heed', async () => {
    const { registry } = await load({
      'fail.ts': `import { CommandError, defineCommand } from 'heed';
        export default defineCommand({ phrases: ['fail'], run() { throw new CommandError('no'); } });`,
    });
    expect(() => registry.get('fail')!.run(noContext)).toThrow(CommandError);
  });
});

describe('A file that cannot be loaded', () => {
  it.each<[string, string, number | undefined, RegExp]>([
    ['a syntax error', 'export default {\n  phrases: [,\n};;;)', 3, /does not compile/],
    [
      'a missing import',
      "\nimport x from './none.ts';\nexport default x;",
      2,
      /does not compile: Could not resolve ".\/none.ts"/,
    ],
    [
      'a missing package',
      "\nimport x from 'no-such-package';\nexport default x;",
      2,
      /Could not resolve "no-such-package"/,
    ],
    ['an error at the top level', 'const x = 1;\n\nnull.x;\nexport default x;', 3, /Loading failed: TypeError/],
    ['an error that is none', 'throw "text";\nexport default 1;', 2, /Loading failed: text/],
    ['no default export', '\nexport const command = 1;', undefined, /A default export was expected.*only command/],
    ['no export', 'const x = 1;', undefined, /there is no export/],
    ['a default export that is no command', '\nexport default 5;', 2, /A command was expected/],
    ['no handler', "export default {\n  phrases: ['go'] };", 1, /run: a function was expected/],
    ['no phrases', '\nexport default { run() {} };', 2, /phrases: a list of phrases was expected/],
    [
      'phrases by a wrong language',
      "export default { run() {},\n phrases: { english: ['go'] } };",
      2,
      /phrases: a list of phrases/,
    ],
    [
      'a misspelt part',
      "export default { phrases: ['go'],\n exampels: [], run() {} };",
      2,
      /"exampels" is not a part of a command; the parts are phrases, slots/,
    ],
    ['a risk that is none', "export default { phrases: ['go'], run() {},\n risk: 'huge' };", 2, /risk: /],
    [
      'a slot that is none',
      "export default { phrases: ['go {x}'], run() {},\n slots: { x: 'kitchen' } };",
      2,
      /slots.x: a slot was expected: list\(\), number\(\)/,
    ],
    [
      'contexts that are no list',
      "export default { phrases: ['go'], run() {},\n contexts: 'music' };",
      2,
      /contexts: a list of names was expected/,
    ],
    [
      'a context that is no name',
      "export default { phrases: ['go'], run() {},\n contexts: ['music', 'my music'] };",
      2,
      /contexts.1: a name of letters, digits and hyphens was expected/,
    ],
    ['a state that is no JSON', "export default { phrases: ['go'], run() {},\n state: { x: () => 1 } };", 2, /state/],
    [
      'a missing slot',
      "export default { run() {}, phrases: [\n 'go',\n 'go to {place}'] };",
      3,
      /uses \{place\}, but there is no slot of that name/,
    ],
    ['a wrong template', "export default { run() {}, phrases: [\n 'go', 'go [to'] };", 2, /"\[" is never closed/],
    [
      'a wrong slot',
      "import { list } from 'heed';\nexport default { run() {}, phrases: ['go {x}'],\n slots: { x: list([]) } };",
      3,
      /Slot \{x\}: the list has no values/,
    ],
    ['a wrong rule', "export default { run() {}, phrases: ['go <x>'],\n rules: { x: '(' } };", 2, /Rule <x>:/],
  ])('with %s is reported with its line', async (_, source, line, message) => {
    const { registry, files } = await load({ 'bad.ts': source, 'good.ts': commandSource('good') });
    expect(names(registry)).toEqual(['good']);
    expect(registry.problems[0]).toMatchObject({
      severity: 'error',
      command: 'bad',
      file: files.path('bad.ts'),
      message: expect.stringMatching(message),
    });
    expect(registry.problems[0]!.line).toBe(line);
    expect(registry.problems).toHaveLength(1);
  });

  it('with a top level that waits for ever is reported with its line', async () => {
    const { registry } = await load({ 'bad.ts': '\nawait new Promise(() => {});\nexport default 1;' }, 'en', 300);
    expect(registry.problems).toMatchObject([
      { command: 'bad', line: 3, message: expect.stringContaining('took longer than 300 ms') },
    ]);
  });

  it('is reported together with all others, and stops none of the rest', async () => {
    const { registry, files } = await load({
      'a.ts': 'export default (',
      'b.ts': 'throw new Error("b");',
      'c.ts': 'export default {};',
      '_shared.ts': '\nexport const x = ;',
      'd.ts': "import './_shared.ts'; export default {};",
      'good.ts': commandSource('good'),
      'fine.ts': commandSource('fine'),
    });
    expect(names(registry)).toEqual(['fine', 'good']);
    expect(registry.problems.map(({ command, file, line }) => [command, file, line])).toEqual([
      ['a', files.path('a.ts'), 1],
      ['b', files.path('b.ts'), 1],
      ['c', files.path('c.ts'), 1],
      ['c', files.path('c.ts'), 1],
      ['d', files.path('_shared.ts'), 2],
    ]);
  });
});

describe('What shows only when all commands are seen together', () => {
  it('is reported with file and line: the same phrase twice, and a wrong example', async () => {
    const { registry, files } = await load({
      'a.ts': commandSource('turn [the] lights on'),
      'b.ts': commandSource(
        '(turn|switch) the lights on',
        "\n  examples: [{ say: 'switch the lights on' },\n    { say: 'turn it on' }],",
      ),
    });
    expect(names(registry)).toEqual(['a', 'b']);
    expect(registry.problems).toEqual([
      {
        severity: 'error',
        command: 'b',
        file: files.path('b.ts'),
        line: 3,
        message: expect.stringContaining('is a phrase of b and of a'),
      },
      {
        severity: 'error',
        command: 'b',
        file: files.path('b.ts'),
        line: 6,
        message: 'The example "turn it on" is not this command: no phrase of it accepts these words.',
      },
    ]);
  });

  it('covers every language that commands have', async () => {
    const { registry } = await load({
      'lamp.ts':
        "export default { phrases: { en: ['lamp on'], de: ['Lampe an'] }, " +
        "examples: [{ say: 'lamp on' }, { say: 'Lampe aus', language: 'de' }], run() {} };",
      'plain.ts': commandSource(
        'set it to {x}',
        "slots: { x: { ...(await import('heed')).percent() } }, " +
          "examples: [{ say: 'set it to fifty', args: { x: 50 } }],",
      ),
    });
    expect(registry.problems).toMatchObject([
      { command: 'lamp', message: expect.stringContaining('"Lampe aus" is not this command') },
    ]);
    expect(registry.describe('de').map(({ name, examples }) => [name, examples])).toEqual([
      ['lamp', ['Lampe aus']],
      ['plain', ['set it to fifty']],
    ]);
    expect(registry.describe('de-AT')).toEqual(registry.describe('de'));
    expect(registry.describe('auto').map(({ examples }) => examples.length)).toEqual([2, 1]);
    expect(registry.describe('fr').map(({ name }) => name)).toEqual(['plain']);
  });

  it('includes which contexts there are, and what can be said in them', async () => {
    const { registry } = await load({
      'go.ts': commandSource('go'),
      'stay.ts': commandSource('stay', 'contexts: [],'),
      'next.ts': commandSource('next', "contexts: ['music', 'slides'],"),
      'louder.ts': commandSource('louder', "contexts: ['music'],"),
    });
    const said = (active?: string[]): string[] => registry.describe('en', active).map(({ name }) => name);
    expect(registry.problems).toEqual([]);
    expect(registry.contexts).toEqual(['music', 'slides']);
    expect(said()).toEqual(['go', 'louder', 'next', 'stay']);
    expect(said([])).toEqual(['go', 'stay']);
    expect(said(['slides'])).toEqual(['go', 'next', 'stay']);
  });

  it('is not the same phrase twice if the contexts differ', async () => {
    const { registry } = await load({
      'song.ts': commandSource('next', "contexts: ['music'],"),
      'slide.ts': commandSource('next', "contexts: ['slides'],"),
    });
    expect(registry.problems).toEqual([]);
  });

  it('includes that a name is taken', async () => {
    const { registry, files } = await load({ 'go.js': commandSource('go'), 'go.ts': commandSource('walk') });
    expect(names(registry)).toEqual(['go']);
    expect(registry.problems).toMatchObject([
      {
        command: 'go',
        message: `There already is a command named "go", from ${registry.get('go')!.file}; rename this file.`,
      },
    ]);
    expect([files.path('go.js'), files.path('go.ts')]).toContain(registry.problems[0]!.file);
  });
});

describe('A command that a program adds', () => {
  it('takes precedence over a file of the same name', async () => {
    const registry = new Registry({ language: 'en' });
    registry.add('go', { phrases: ['march'], run: () => ({ say: 'added' }) });
    await registry.load(new CommandFiles({ 'go.ts': commandSource('go') }).dir);
    expect(await say(registry, 'go')).toEqual({ say: 'added' });
    expect(registry.problems).toMatchObject([
      { command: 'go', message: expect.stringContaining('from the program itself') },
    ]);
  });

  it.each([
    ['a wrong template', { phrases: ['go (', 'stay {x}'], run: () => undefined }, /never closed.*no slot of that name/],
    ['no handler', { phrases: ['go'] }, /run: a function/],
    ['nothing', undefined, /A command was expected/],
  ])('is refused with %s', (_, definition, message) => {
    const registry = new Registry({ language: 'auto' });
    expect(() => registry.add('go', definition as never)).toThrow(
      expect.objectContaining({ code: 'bad-command', message: expect.stringMatching(message) }),
    );
    expect(registry.commands).toEqual([]);
  });

  it('is refused when it was added before', () => {
    const registry = new Registry({ language: 'en' });
    registry.add('go', { phrases: ['go'], run: () => undefined });
    expect(() => registry.add('go', { phrases: ['walk'], run: () => undefined })).toThrow(/was added before/);
  });

  it('is called on its definition', async () => {
    const registry = new Registry({ language: 'en' });
    registry.add('go', {
      phrases: ['go'],
      run() {
        return { say: String((this as unknown as { phrases: string[] }).phrases[0]) };
      },
    });
    expect(await say(registry, 'go')).toEqual({ say: 'go' });
  });
});
