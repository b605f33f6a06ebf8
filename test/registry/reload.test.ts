import { describe, expect, it, onTestFinished } from 'vitest';
import { readableStack, Registry, type CommandContext } from '../../src/registry/index.ts';
import { CommandFiles, commandSource } from './command-files.ts';

const noContext = {} as CommandContext;

async function loaded(
  files: Record<string, string>,
): Promise<{ files: CommandFiles; registry: Registry; reload: () => Promise<unknown> }> {
  const folder = new CommandFiles(files);
  const registry = new Registry({ language: 'en' });
  const reload = (): Promise<unknown> => registry.load(folder.dir);
  await reload();
  return { files: folder, registry, reload };
}

describe('Loading a folder anew', () => {
  it('changes nothing when nothing changed', async () => {
    const { registry, reload, files } = await loaded({ 'a.ts': commandSource('a'), 'b.ts': commandSource('b') });
    const { commands } = registry;
    await reload();
    expect(registry.commands).toBe(commands);
    files.write('a.ts', commandSource('a'));
    await reload();
    expect(registry.commands).toBe(commands);
  });

  it('replaces what changed and keeps the rest', async () => {
    const { registry, reload, files } = await loaded({ 'a.ts': commandSource('a'), 'b.ts': commandSource('b') });
    const b = registry.get('b');
    files.write('a.ts', commandSource('anew'));
    await reload();
    expect(registry.get('a')!.run(noContext)).toEqual({ say: 'anew' });
    expect(registry.get('b')).toBe(b);
  });

  it('adds what came and forgets what went', async () => {
    const { registry, reload, files } = await loaded({ 'a.ts': commandSource('a'), 'b.ts': commandSource('b') });
    files.remove('a.ts');
    files.write('c.ts', commandSource('c'));
    await reload();
    expect(registry.commands.map(({ name }) => name)).toEqual(['b', 'c']);
  });

  it('follows what commands share, and keeps its state when only a command changed', async () => {
    const user = (name: string): string =>
      `import { n, next } from './_n.ts';
      export default { phrases: ['${name}'], run: () => ({ say: '${name}' + n + next() }) };`;
    const { registry, reload, files } = await loaded({
      '_n.ts': 'export const n = 1; let count = 0; export const next = () => ++count;',
      'a.ts': user('a'),
      'b.ts': user('b'),
    });
    const said = (): unknown[] => ['a', 'b'].map((name) => (registry.get(name)!.run(noContext) as { say: string }).say);
    expect(said()).toEqual(['a11', 'b12']);
    files.write('a.ts', `${user('a')} // changed\nexport const more = 1;`);
    await reload();
    expect(said()).toEqual(['a13', 'b14']);
    files.write('_n.ts', 'export const n = 2; let count = 0; export const next = () => ++count;');
    await reload();
    expect(said()).toEqual(['a21', 'b22']);
  });

  it.each([
    ['does not compile', 'export default ('],
    ['throws', "throw new Error('no');"],
    ['is no command', 'export default { phrases: ["a"] };'],
    ['has a wrong phrase', 'export default { phrases: ["a {x}"], run() {} };'],
  ])('keeps the last good version of a file that %s', async (_, source) => {
    const { registry, reload, files } = await loaded({ 'a.ts': commandSource('a'), 'b.ts': commandSource('b') });
    const { commands } = registry;
    files.write('a.ts', source);
    await reload();
    expect(registry.commands).toBe(commands);
    expect(registry.problems).toMatchObject([
      { command: 'a', file: files.path('a.ts'), message: expect.stringContaining('The last good version stays.') },
    ]);
    files.write('a.ts', commandSource('again'));
    await reload();
    expect(registry.problems).toEqual([]);
    expect(registry.get('a')!.phrases).toEqual(['again']);
  });

  it('gives errors of handlers the places that their author knows', async () => {
    const { registry, files } = await loaded({
      'a.ts':
        "type A = string;\n\nexport default {\n  phrases: ['a'],\n  run() {\n" +
        "    throw new Error('broken' as A);\n  },\n};",
    });
    const failing = (): Error => {
      try {
        void registry.get('a')!.run(noContext);
      } catch (error) {
        return error as Error;
      }
      throw new Error('should have thrown');
    };
    expect(readableStack(failing())).toContain(`${files.path('a.ts')}:6`);
  });
});

interface Resolvers {
  promise: Promise<void>;
  resolve: () => void;
}

function withResolvers(): Resolvers {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('Watching a folder', () => {
  it('loads it anew after every change, until it is stopped', async () => {
    const { registry, files } = await loaded({ 'a.ts': commandSource('a') });
    let changed = withResolvers();
    const stop = registry.watch(files.dir, () => changed.resolve());
    onTestFinished(() => stop());
    const next = async (change: () => void): Promise<void> => {
      changed = withResolvers();
      change();
      await changed.promise;
    };
    await next(() => files.write('b.ts', commandSource('b')));
    expect(registry.commands.map(({ name }) => name)).toEqual(['a', 'b']);
    await next(() => files.write('a.ts', 'export default ('));
    expect(registry.problems).toMatchObject([{ command: 'a' }]);
    await next(() => files.remove('a.ts'));
    expect(registry.commands.map(({ name }) => name)).toEqual(['b']);
    expect(registry.problems).toEqual([]);
    await stop();
    files.write('c.ts', commandSource('c'));
    expect(registry.get('c')).toBeUndefined();
  });
});
