import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultConfig, type Config } from '../../src/config/index.ts';
import { Endpointer, type PhraseSoFar } from '../../src/vad/index.ts';

const config = (endpoint: Partial<Config['endpoint']> = {}): Pick<Config, 'endpoint' | 'vad'> => ({
  vad: { ...defaultConfig.vad, redemptionMs: 512 },
  endpoint: {
    ...defaultConfig.endpoint,
    completeWaitMs: 0,
    incompleteWaitMs: 1_400,
    minConfidence: 0.6,
    minScore: 0.9,
    minWaitMs: 384,
    maxWaitMs: 1_000,
    ...endpoint,
  },
});
const heard = (changes: Partial<PhraseSoFar> = {}): PhraseSoFar => ({
  completeness: 'closed',
  risk: 'low',
  score: 1,
  confidence: 0.9,
  ...changes,
});

describe('the wait', () => {
  test.each<[string, Partial<PhraseSoFar>, number, RegExp]>([
    ['is none for a whole command', {}, 0, /nothing can extend/],
    ['is the normal one for a whole command of medium risk', { risk: 'medium' }, 512, /risk is medium/],
    ['is the normal one for a whole command of high risk', { risk: 'high' }, 512, /risk is high/],
    ['is shorter than the normal one for a whole command whose words are unsure', { confidence: 0.5 }, 256, /unsure/],
    ['is the normal one for unsure words that only nearly match', { confidence: 0.5, score: 0.8 }, 512, /nearly/],
    [
      'is the normal one for unsure words that may go on',
      { confidence: 0.5, completeness: 'extendable' },
      512,
      /may go on/,
    ],
    ['is the normal one for unsure words of high risk', { confidence: 0.5, risk: 'high' }, 512, /risk is high/],
    ['is the normal one for a near match', { score: 0.8 }, 512, /nearly/],
    ['is the normal one for a command that may go on', { completeness: 'extendable' }, 512, /may go on/],
    ['is longer for the beginning of a command', { completeness: 'incomplete' }, 1_400, /beginning/],
    ['is the normal one for other words', { completeness: 'none', score: 0 }, 512, /no command/],
  ])('%s', (_, changes, waitMs, reason) => {
    const decision = new Endpointer(config()).decide(heard(changes));
    expect(decision).toEqual({ waitMs, isWhole: waitMs === 0, reason: expect.stringMatching(reason) });
  });

  test('for unsure words is at most the normal one', () => {
    const decide = (unsureWaitMs: number) =>
      new Endpointer(config({ unsureWaitMs })).decide(heard({ confidence: 0.5 }));
    expect(decide(300).waitMs).toBe(300);
    expect(decide(900).waitMs).toBe(512);
  });

  test('of a whole command can be set', () => {
    expect(new Endpointer(config({ completeWaitMs: 200 })).decide(heard()).waitMs).toBe(200);
  });
});

describe('learning', () => {
  const waitAfter = (
    pauses: number[],
    endpoint: Partial<Config['endpoint']> = {},
    completeness: PhraseSoFar['completeness'] = 'none',
  ) => {
    const endpointer = new Endpointer(config(endpoint));
    for (const pauseMs of pauses) endpointer.resumed(pauseMs);
    return endpointer.decide(heard({ completeness })).waitMs;
  };

  test('waits longer for a speaker who pauses long inside phrases, up to the limit', () => {
    expect(waitAfter([450])).toBeGreaterThan(512);
    expect(waitAfter(Array<number>(40).fill(900))).toBe(1_000);
  });

  test('waits less for a speaker who hardly pauses, down to the limit', () => {
    expect(waitAfter(Array<number>(10).fill(120))).toBeLessThan(512);
    expect(waitAfter(Array<number>(200).fill(120))).toBe(384);
  });

  test('settles above the pauses of a speaker', () => {
    const pauses = Array.from({ length: 600 }, (_, index) => 150 + ((index * 37) % 400));
    expect(waitAfter(pauses)).toBeGreaterThan(550);
  });

  test('makes the wait after the beginning of a command longer too, never shorter', () => {
    expect(waitAfter(Array<number>(40).fill(900), {}, 'incomplete')).toBeGreaterThan(1_400);
    expect(waitAfter(Array<number>(200).fill(120), {}, 'incomplete')).toBe(1_400);
  });

  test('can be switched off', () => {
    expect(waitAfter(Array<number>(40).fill(900), { adapt: false })).toBe(512);
  });

  test('never ends a risky command early and never leaves the limits, whatever the pauses', () => {
    const anyHeard = fc.record<PhraseSoFar>({
      completeness: fc.constantFrom('closed', 'extendable', 'incomplete', 'none'),
      risk: fc.constantFrom('low', 'medium', 'high'),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 })), anyHeard, (pauses, said) => {
        const endpointer = new Endpointer(config());
        for (const pauseMs of pauses) endpointer.resumed(pauseMs);
        const { waitMs } = endpointer.decide(said);
        expect(waitMs).toBeLessThanOrEqual(said.completeness === 'incomplete' ? (1_400 * 1_000) / 512 + 1 : 1_000);
        const mayEndEarly = said.completeness === 'closed' && said.risk === 'low';
        expect(waitMs).toBeGreaterThanOrEqual(mayEndEarly ? 0 : 384);
      }),
    );
  });
});
