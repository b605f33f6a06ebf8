import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { Registry } from '../../src/registry/index.ts';
import { Grammars } from '../../src/session/grammars.ts';

function registryOf(...phrases: string[]): Registry {
  const registry = new Registry({ language: 'en' });
  for (const phrase of phrases) registry.add(phrase.replaceAll(' ', '-'), { phrases: [phrase], run: () => undefined });
  return registry;
}

test('what was prepared is what a phrase is then compared with', async () => {
  const grammars = new Grammars(registryOf('lamp on'), defaultConfig.match);
  const prepared = grammars.prepare('en');
  const before = grammars.get('en');
  await prepared;
  // A phrase that comes while it is prepared does not wait, and nothing is compiled twice.
  expect(grammars.get('en')).toBe(before);
  expect(before.matcher.match('lamp on').match?.command).toBe('lamp-on');
  expect(before.matcher.match('lampp on').match?.command).toBe('lamp-on');
});

test('commands that change while they are prepared are not taken', async () => {
  const registry = registryOf('lamp on');
  const grammars = new Grammars(registry, defaultConfig.match);
  const prepared = grammars.prepare('en');
  registry.add('lamp-off', { phrases: ['lamp off'], run: () => undefined });
  grammars.get('en', undefined, ['other']);
  await prepared;
  expect(grammars.get('en').matcher.match('lamp off').match?.command).toBe('lamp-off');
});
