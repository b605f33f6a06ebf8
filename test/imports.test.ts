import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/**
 * The rooms of src/, from the bottom to the top: a folder, or a file that lies beside them. Each may import from the
 * rooms named here and from itself, types included, and from no other. docs/architecture.md says what each is for.
 */
const neighbours: Record<string, string> = {
  'errors.ts': '',
  'log.ts': '',
  'types.ts': '',
  language: '',
  platform: 'errors.ts',
  events: 'errors.ts log.ts',
  config: 'errors.ts events language log.ts platform',
  audio: 'errors.ts types.ts config platform',
  vad: 'errors.ts types.ts config platform',
  transcribe: 'errors.ts log.ts types.ts config language platform',
  models: 'errors.ts config platform',
  speakers: 'errors.ts types.ts config models platform vad',
  journal: 'errors.ts log.ts types.ts platform',
  grammar: 'errors.ts types.ts language',
  match: 'types.ts config grammar language',
  registry: 'errors.ts types.ts grammar language platform',
  hosts: 'errors.ts log.ts config grammar platform registry',
  lint: 'types.ts config grammar language match registry',
  dispatch: 'errors.ts log.ts types.ts config events grammar journal language registry',
  suggest: 'errors.ts log.ts types.ts config grammar match models platform',
  cases: 'errors.ts config language platform',
  spans: 'errors.ts events types.ts',
  trace: 'types.ts config events match registry vad',
  session:
    'errors.ts log.ts types.ts audio config dispatch events grammar language match models platform registry spans ' +
    'speakers suggest trace transcribe vad',
  files: 'errors.ts types.ts audio config language match platform session speakers vad',
  'heed.ts':
    'errors.ts log.ts types.ts config dispatch events hosts journal language lint match models registry ' +
    'session speakers suggest trace transcribe vad',
  server:
    'errors.ts log.ts types.ts audio config dispatch events language lint match platform registry session ' +
    'speakers trace transcribe',
  protocols: 'errors.ts audio cases config dispatch events files server trace',
  'index.ts':
    'errors.ts log.ts types.ts config events grammar heed.ts protocols registry server session ' + 'transcribe vad',
  cli:
    'errors.ts log.ts types.ts audio cases config events files grammar heed.ts journal language lint models ' +
    'platform registry server session speakers trace transcribe vad',
  'main.ts': 'cli index.ts',
};

interface Import {
  from: string;
  to: string;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports = files.flatMap(importsOf);

/** Everything that a file imports or re-exports from src/, types and imports at run time as well. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join('src', file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)].map(([, path]) => ({
    from: file,
    to: normalize(join(dirname(file), path!)),
  }));
}

function roomOf(file: string): string {
  return file.split('/')[0]!;
}

test('every file of src lies in a room, and every room has files', () => {
  expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(neighbours).sort());
});

test('rooms import only from the rooms that they are built on, and each of these is below them', () => {
  const order = Object.keys(neighbours);
  const isAllowed = ({ from, to }: Import): boolean => {
    const [here, there] = [roomOf(from), roomOf(to)];
    return (
      here === there || (neighbours[here]!.split(' ').includes(there) && order.indexOf(there) < order.indexOf(here))
    );
  };
  expect(imports.filter((found) => !isAllowed(found)).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('a room that may import from another one does', () => {
  const used = new Set(imports.map(({ from, to }) => `${roomOf(from)} → ${roomOf(to)}`));
  const allowed = Object.entries(neighbours).flatMap(([room, others]) =>
    others.split(' ').flatMap((other) => (other === '' ? [] : [`${room} → ${other}`])),
  );
  expect(allowed.filter((pair) => !used.has(pair))).toEqual([]);
});

test('no import leads back to its file, by whatever way', () => {
  expect(cyclesOf(imports)).toEqual([]);
});

test('the client needs no package, and of src/ only what resamples sound', () => {
  const needed = readdirSync('client').flatMap((file) =>
    [...readFileSync(join('client', file), 'utf8').matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';$/gms)]
      .filter(([, path]) => !path!.startsWith('./'))
      .map(([, path]) => `${file} → ${path}`),
  );
  expect(needed.sort()).toEqual([
    'capture-worklet.ts → ../src/audio/resampler.ts',
    'capture-worklet.ts → ../src/types.ts',
    'node.ts → ws',
  ]);
});

test('the environment is read in one file', () => {
  const readers = files.filter((file) =>
    /process\.env\b(?!\[?['.]?ORT_)/.test(readFileSync(join('src', file), 'utf8')),
  );
  expect(readers).toEqual(['config/environment.ts']);
});

/** Returns one import cycle for each file that can be reached from itself. */
function cyclesOf(all: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of all) next.set(from, [...(next.get(from) ?? []), to]);
  const wayBack = (start: string): string[] | undefined => {
    const ways = [[start]];
    const seen = new Set<string>();
    for (let way = ways.shift(); way; way = ways.shift()) {
      for (const to of next.get(way.at(-1)!) ?? []) {
        if (to === start) return [...way, start];
        if (seen.has(to)) continue;
        seen.add(to);
        ways.push([...way, to]);
      }
    }
    return undefined;
  };
  return files.flatMap((file) => wayBack(file)?.join(' → ') ?? []);
}
