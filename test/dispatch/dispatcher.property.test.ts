import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { number } from '../../src/grammar/index.ts';
import type { CommandDefinition, Risk } from '../../src/registry/index.ts';
import { Stage } from './stage.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Step =
  | { do: 'run'; risk: Risk; score: number; segment: number; ageMs: number; level: number }
  | { do: 'answer'; text: string; spoken: boolean }
  | { do: 'wait'; ms: number }
  | { do: 'end' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      risk: fc.constantFrom<Risk>('low', 'medium', 'high'),
      score: fc.constantFrom(0.8, 0.89, 0.9, 1),
      segment: fc.integer({ min: 0, max: 5 }),
      ageMs: fc.constantFrom(0, 50, 10_000, 10_001, 60_000, Number.NaN),
      level: fc.constantFrom(1, 1, 1, 5),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      text: fc.constantFrom('yes', 'yes', 'no', 'cancel', 'hm', 'turn it on'),
      spoken: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(0, 100, 5_000, 15_000) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'end' as const }) },
);

interface Run {
  n: number;
  step: Extract<Step, { do: 'run' }>;
  isAfterEnd: boolean;
}

test('Nothing runs twice, stale, with wrong arguments, unconfirmed where it matters, or after the end', async () => {
  let runs: Run[] = [];
  let ran: Run[] = [];
  const consents = new Set<number>();
  const handler = (risk: Risk): CommandDefinition => ({
    phrases: ['{n} {level}'],
    slots: { n: number(), level: number({ max: 3 }) },
    risk,
    confirm: ({ n }) => String(n),
    run: ({ args: { n } }) => {
      const run = runs[n as number]!;
      // A failed expectation reaches the log, which must stay empty.
      if (risk === 'high' || (risk === 'medium' && run.step.score < 0.9)) expect(consents.delete(run.n)).toBe(true);
      ran.push(run);
      return new Promise<undefined>((resolve) => {
        setTimeout(() => resolve(undefined), 50);
      });
    },
  });
  const stage = new Stage({ low: handler('low'), medium: handler('medium'), high: handler('high') });
  let sessions = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      [runs, ran] = [[], []];
      consents.clear();
      stage.prompts.length = 0;
      const id = `session ${sessions++}`;
      let isAfterEnd = false;
      for (const current of steps) {
        switch (current.do) {
          case 'run': {
            const n = runs.push({ n: runs.length, step: current, isAfterEnd }) - 1;
            const { risk, score, segment, ageMs, level } = current;
            void stage.run(
              risk,
              { score, args: { n, level } },
              { sessionId: id, segmentId: String(segment), spokenAtMs: performance.now() - ageMs },
            );
            break;
          }
          case 'answer': {
            const prompt = stage.prompts.at(-1);
            const isTaken = current.spoken
              ? stage.answer(current.text, id)
              : prompt !== undefined && stage.session(id).answer(prompt.prompt_id, current.text);
            if (isTaken && current.text === 'yes') consents.add(Number(/\d+$/.exec(prompt!.text)![0]));
            break;
          }
          case 'wait':
            await vi.advanceTimersByTimeAsync(current.ms);
            break;
          case 'end':
            stage.session(id).end();
            isAfterEnd = true;
        }
        await vi.advanceTimersByTimeAsync(0);
      }
      stage.session(id).end();
      await vi.advanceTimersByTimeAsync(50);

      const keys = ran.map(({ step: { risk, segment } }) => `${risk} ${segment}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(ran.filter((run) => !(run.step.ageMs <= 10_000) || run.step.level > 3 || run.isAfterEnd)).toEqual([]);
      expect(stage.logged).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
    }),
    { numRuns: 300 },
  );
});
