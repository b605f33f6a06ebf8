import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { HeedError } from '../../src/errors.ts';
import type { Grammars } from '../../src/session/grammars.ts';
import type { Matcher, MatchResult } from '../../src/match/index.ts';
import { defineCommand } from '../../src/registry/index.ts';
import { compileGrammar, text } from '../../src/grammar/index.ts';
import { sampleRateHz } from '../../src/types.ts';
import { patient } from '../patience.ts';
import { textOf } from './numbered-audio.ts';
import { SessionStage, settle } from './stage.ts';

vi.setConfig({ testTimeout: patient(40_000) });

/** What can happen, in any order. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('speak' as const), frames: fc.integer({ min: 1, max: 40 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('pause' as const),
      frames: fc.oneof(fc.integer({ min: 3, max: 8 }), fc.integer({ min: 1, max: 24 })),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('read' as const), which: fc.nat(3) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      which: fc.nat(3),
      code: fc.constantFrom('aborted' as const, 'busy' as const, 'worker-lost' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crowd' as const), waiting: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flush' as const) }) },
  // Speech goes on while the early reading of a pause runs, and its result still arrives.
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('interrupt' as const), frames: fc.integer({ min: 1, max: 12 }) }),
  },
);

const completenesses = ['closed', 'extendable', 'incomplete', 'none', 'closed'] as const;

/** Understands the samples of a reading in one of four ways, which depends only on the samples. */
function understand(phrase: string): MatchResult {
  const completeness = completenesses[((Number(/to (\d+)/.exec(phrase)?.[1] ?? 0) / 512) % 5) | 0]!;
  const isCommand = completeness === 'closed' || completeness === 'extendable';
  const match = { command: 'note', args: { heard: phrase }, score: 1, via: 'exact' as const, phrase, candidates: [] };
  return { ...(isCommand ? { match } : {}), candidates: [], completeness };
}

const { grammar } = compileGrammar([], { language: 'en' });
const matcher = { match: understand, grammar, threshold: 0.01, margin: 0 } as unknown as Matcher;
const grammars: Pick<Grammars, 'get' | 'prepare'> = {
  get: () => ({ matcher, graph: undefined, boost: [] }),
  prepare: () => Promise.resolve(),
};

/**
 * How often each of these happened in all runs, because a property about something that never happens proves nothing.
 */
const seen = { complete: 0, cut: 0, aborted: 0, early: 0, error: 0, joined: 0, committed: 0 };

test('in whatever order events come, a final is the reading of exactly its samples and runs once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 10, maxLength: 80 }),
      fc.boolean(),
      async (happenings, isShort) => {
        const ran: string[] = [];
        const note = defineCommand({
          phrases: ['{heard}'],
          slots: { heard: text() },
          run: ({ args }) => {
            ran.push(args.heard);
          },
        });
        const stage = new SessionStage({ commands: { note }, grammars, vad: isShort ? { maxSegmentMs: 1_000 } : {} });
        const { engine, session } = stage;
        const flushes: Promise<void>[] = [];
        let failures = 0;

        for (const happening of happenings) {
          switch (happening.do) {
            case 'speak':
              await stage.speak(happening.frames);
              break;
            case 'pause':
              await stage.pause(happening.frames);
              break;
            case 'crowd':
              engine.waiting = happening.waiting;
              break;
            case 'interrupt': {
              await stage.pause(4);
              await stage.speak(happening.frames);
              engine.asked.findLast(({ isAborted }) => isAborted)?.succeed();
              break;
            }
            case 'flush':
              flushes.push(session.flush());
              break;
            case 'read':
              engine.asked[happening.which % Math.max(1, engine.asked.length)]?.succeed();
              break;
            case 'fail': {
              const reading = engine.asked[happening.which % Math.max(1, engine.asked.length)];
              if (reading) failures++;
              reading?.fail(new HeedError(happening.code, 'It failed.'));
            }
          }
          await settle();
          // Speech went on, or the segment is over: a reading that nobody needs any more must not run.
          const alive = engine.asked.filter(({ isAborted, options }) => !isAborted && options.priority === 'early');
          const endings = stage.of('speech.ended').map(({ segment_id }) => segment_id);
          expect(alive.filter(({ options }) => !endings.includes(options.segmentId)).length).toBeLessThanOrEqual(1);
        }
        flushes.push(session.flush());
        for (let i = 0; i < 100 && (i < 2 || engine.asked.length > 0); i++) {
          engine.asked[0]?.succeed();
          await settle();
        }
        await Promise.all(flushes);
        await session.close();

        const finals = stage.of('segment.final');
        const errors = stage.of('error');
        const toSamples = (seconds: number): number => Math.round(seconds * sampleRateHz);
        const near = (a: number, b: number): boolean => Math.abs(a - b) <= sampleRateHz / 1000;
        for (const final of finals) {
          const [, start, end] = /samples (\d+) to (\d+)/.exec(final.text)!.map(Number) as [number, number, number];
          expect(final.text).toBe(textOf(start, end));
          expect(near(toSamples(final.start), start) && near(toSamples(final.end), end)).toBe(true);
        }
        // Every segment that was speech came to a final reading or an error, in order.
        const ended = stage.of('speech.ended').filter(({ reason }) => reason !== 'misfire');
        const settled = stage.events.flatMap((event) =>
          event.type === 'segment.final' || (event.type === 'error' && event.segment_id) ? [event.segment_id] : [],
        );
        expect(settled).toEqual(ended.map(({ segment_id }) => segment_id));
        expect(errors.length).toBeLessThanOrEqual(failures);
        expect(finals.every((final, i) => i === 0 || final.start >= finals[i - 1]!.end - 0.001)).toBe(true);

        // An early end lies where a reading ended that nothing had made stale.
        for (const { segment_id, end } of ended.filter(({ reason }) => reason === 'complete')) {
          expect(
            engine.all.some(
              ({ options, endSample, isAborted }) =>
                options.segmentId === segment_id &&
                near(endSample, toSamples(end)) &&
                options.priority === 'early' &&
                !isAborted,
            ),
          ).toBe(true);
        }

        // What ran is what whole phrases said, each once. A phrase that was cut consists of all its parts.
        expect(ran).toEqual(stage.of('command.matched').map(({ phrase }) => phrase));
        expect(new Set(ran).size).toBe(ran.length);
        const texts = finals.map((final) => final.text);
        for (const phrase of ran) expect(texts.join(' ')).toContain(phrase);
        for (const final of finals) {
          const phrases = ran.filter((phrase) => phrase.endsWith(final.text));
          expect(phrases.length).toBeLessThanOrEqual(final.speech_final ? 1 : 0);
        }

        const committed = new Map<string, string>();
        for (const partial of stage.of('segment.partial')) {
          const before = committed.get(partial.segment_id) ?? '';
          expect(partial.committed.startsWith(before)).toBe(true);
          expect(partial.text.startsWith(partial.committed)).toBe(true);
          committed.set(partial.segment_id, partial.committed);
        }

        seen.complete += ended.filter(({ reason }) => reason === 'complete').length;
        seen.cut += ended.filter(({ reason }) => reason === 'max-length').length;
        seen.aborted += engine.all.filter(({ isAborted, options }) => isAborted && options.priority === 'early').length;
        seen.early += finals.length - engine.all.filter(({ options }) => options.priority === 'final').length;
        seen.error += errors.length;
        seen.joined += ran.filter((phrase) => phrase.split('samples').length > 2).length;
        seen.committed += [...committed.values()].filter((words) => words !== '').length;

        expect(engine.openAudios).toBe(0);
        expect(engine.asked.filter(({ isAborted }) => !isAborted)).toEqual([]);
        expect(stage.types.at(-1)).toBe('session.ended');
      },
    ),
    { numRuns: 200 },
  );
  for (const count of Object.values(seen)) expect(count, JSON.stringify(seen)).toBeGreaterThan(0);
});
