import { expect, test } from 'vitest';
import { findUnknownVoices } from '../../src/lint/unknown-voices.ts';
import { Registry, type Speakers } from '../../src/registry/index.ts';

function adviceFor(speakers: Speakers | undefined, known: string[]): string[] {
  const registry = new Registry({ language: 'en' });
  registry.add('door', { phrases: ['open'], ...(speakers ? { speakers } : {}), run: () => undefined });
  return findUnknownVoices(registry.commands, known).map(({ message }) => message);
}

test.each([
  [undefined, [], 0],
  ['known', ['anna'], 0],
  ['known', [], 1],
  [['anna'], ['Anna'], 0],
  [['anna', 'ben'], ['anna'], 1],
] as const)('speakers %j while %j are known: %i advice', (speakers, known, count) => {
  expect(adviceFor(speakers, [...known])).toHaveLength(count);
});

test('the advice names whoever is not known', () => {
  expect(adviceFor(['anna', 'ben', 'carl'], ['ben'])[0]).toContain('"anna" and "carl"');
});

test.each([
  [{ speakers: [] }],
  [{ speakers: 'anybody' }],
  [{ speakerScore: 0.9 }],
  [{ speakers: 'known', speakerScore: 2 }],
])('%j is no rule', (rule) => {
  const registry = new Registry({ language: 'en' });
  expect(() => registry.add('door', { phrases: ['open'], run: () => undefined, ...(rule as object) })).toThrow();
});
