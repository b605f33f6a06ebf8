import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const stages = ['audio', 'vad', 'transcribe', 'grammar', 'match', 'registry', 'dispatch', 'events', 'models', 'trace'];
const foundation = ['types.ts', 'errors.ts', 'config.ts', 'child-module.ts', 'addon.ts', 'events/event.ts'];
const wiring = ['utterance.ts', 'interpreter.ts', 'grammars.ts', 'pipeline.ts'];

/** What each layer may import besides itself; a stage's own folder is always allowed. */
const allowed: Record<string, string[]> = {
  ...Object.fromEntries(stages.map((stage) => [stage, foundation])),
  match: [...foundation, 'grammar'],
  registry: [...foundation, 'grammar'],
  dispatch: [...foundation, 'registry'],
  server: [...foundation, 'audio', 'events', 'protocols', 'trace'],
  protocols: [...foundation, 'audio', 'events', 'server', 'files'],
  files: [...foundation, 'audio', 'vad', 'match'],
};

/** What a layer may know by type alone. */
const knownByType: Record<string, string[]> = {
  server: ['heed.ts', 'pipeline.ts'],
  protocols: ['heed.ts', 'pipeline.ts'],
  files: ['pipeline.ts'],
};

interface Import {
  from: string;
  to: string;
  isType: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join('src', file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'(\.[^']+)';/gm)].map((found) => ({
    from: file,
    to: normalize(join(dirname(file), found[2]!)),
    isType: found[1] !== undefined,
  }));
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports = files.flatMap(importsOf);
const layerOf = (file: string): string =>
  file.includes('/') && !foundation.includes(file) ? file.split('/')[0]! : file;

test('stages import only the foundation and the stages they are built on', () => {
  const wrong = imports.filter(({ from, to, isType }) => {
    const rule = allowed[layerOf(from)];
    if (!rule || layerOf(from) === layerOf(to) || (foundation.includes(from) && !to.includes('/'))) return false;
    return (
      !rule.includes(to) &&
      !rule.includes(layerOf(to)) &&
      !(isType && [...stages, ...(knownByType[layerOf(from)] ?? [])].includes(layerOf(to)))
    );
  });
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('nothing below the command line imports it, and only it knows the whole', () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      (layerOf(to) === 'cli' && layerOf(from) !== 'cli' && from !== 'main.ts') ||
      (wiring.includes(to) && (stages.includes(layerOf(from)) || foundation.includes(from))),
  );
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('the environment is read in config.ts alone', () => {
  const readers = files.filter((file) =>
    /process\.env\b(?!\[?['.]?ORT_)/.test(readFileSync(join('src', file), 'utf8')),
  );
  expect(readers.filter((file) => file !== 'config.ts')).toEqual([]);
});
