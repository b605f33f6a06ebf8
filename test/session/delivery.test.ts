import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { HeedError } from '../../src/errors.ts';
import type { EventBody } from '../../src/events/event.ts';
import { Delivery, type Endpoint } from '../../src/session/delivery.ts';
import type { FinalReading } from '../../src/session/segment-readings.ts';
import type { SpeechSegment } from '../../src/types.ts';

const endpoint: Endpoint = {
  spoken: { startedAtMs: 0, isHeld: false },
  endedAtMs: 0,
  spokenAtMs: 0,
  isLate: false,
  silenceMs: 0,
  decision: undefined,
};

function segment(id: string): SpeechSegment {
  return { id, startSample: 0, endSample: 16_000, endReason: 'silence', samples: new Float32Array(16_000) };
}

function reading(segmentId: string): FinalReading {
  return {
    segmentId,
    text: 'Open the door.',
    words: [],
    language: 'en',
    confidence: 0.95,
    noSpeechProbability: 0.01,
    logProbability: -1,
    tokens: 5,
    endMs: 1_000,
    alternatives: [],
    audioMs: 1_000,
    inferenceMs: 1,
    readingMs: 1,
    isEarly: false,
  };
}

function delivery(understand: () => never = () => fail('cannot understand')) {
  const events: EventBody[] = [];
  const made = new Delivery({
    config: defaultConfig.match,
    publish: (body) => void events.push(body),
    expects: () => true,
    understand,
    interpret: () => undefined,
    needsVoice: () => false,
    onLanguage: () => undefined,
  });
  return { made, events };
}

function fail(message: string): never {
  throw new HeedError('internal', message);
}

test('a segment that cannot be delivered is an error of its own, and the next ones are delivered', async () => {
  const { made, events } = delivery();
  made.add({ segment: segment('a'), reading: Promise.resolve(reading('a')) }, endpoint);
  made.addParts(
    segment('b'),
    Promise.resolve([{ segment: segment('b'), reading: Promise.resolve(reading('b')) }]),
    endpoint,
  );
  await made.settled();
  expect(events).toMatchObject([
    { type: 'error', segment_id: 'a' },
    { type: 'error', segment_id: 'b' },
  ]);
});

test('so is one whose parts cannot be told, before its turn has come', async () => {
  const { made, events } = delivery();
  let read = (_: FinalReading): void => undefined;
  made.add({ segment: segment('a'), reading: new Promise((resolve) => (read = resolve)) }, endpoint);
  made.addParts(segment('b'), Promise.reject(new HeedError('internal', 'no parts')), endpoint);
  made.add({ segment: segment('c'), reading: Promise.resolve(reading('c')) }, endpoint);
  await new Promise((resolve) => setImmediate(resolve));
  expect(events).toEqual([]);
  read(reading('a'));
  await made.settled();
  expect(events.map((event) => 'segment_id' in event && event.segment_id)).toEqual(['a', 'b', 'c']);
});
