import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { Segmenter } from '../../src/vad/index.ts';
import { frameSamples } from '../../src/types.ts';
import { brief, frameAt, hear, positions, times, vadConfig } from './frames.ts';

/** Pre-roll 2 frames, misfire under 3, pause after 3, end after 8. */
const config = vadConfig({
  positiveThreshold: 0.5,
  negativeThreshold: 0.35,
  preRollMs: 64,
  minSpeechMs: 96,
  readEarlyAfterMs: 96,
  redemptionMs: 256,
  fadeThreshold: 0,
});
const at = (frame: number) => frame * frameSamples;

describe('a segment', () => {
  test('begins with the pre-roll and ends where its pause was noticed', () => {
    const events = hear(new Segmenter(config), [...times(10, 0), ...times(5, 0.9), ...times(8, 0)]);
    expect(brief(events)).toEqual([`start ${at(8)}`, `pause ${at(18)}`, `silence ${at(8)}-${at(18)}`]);
  });

  test('holds exactly the samples from its start to its end, and tells all it hears', () => {
    const events = hear(new Segmenter(config), [...times(10, 0), ...times(5, 0.9), ...times(8, 0)]);
    const segment = events.find((event) => event.type === 'segment')!.segment;
    expect(segment.samples).toEqual(positions(at(8), at(18)));
    expect(
      events.flatMap((event) => (event.type === 'start' || event.type === 'audio' ? [...event.samples] : [])),
    ).toEqual([...positions(at(8), at(23))]);
  });

  test('goes on when speech resumes before the wait is over', () => {
    const events = hear(new Segmenter(config), [...times(4, 0.9), ...times(7, 0), ...times(2, 0.9), ...times(8, 0)]);
    expect(brief(events)).toEqual(['start 0', `pause ${at(7)}`, 'resume', `pause ${at(16)}`, `silence 0-${at(16)}`]);
  });

  test('takes frames between the thresholds for what was before', () => {
    const events = hear(new Segmenter(config), [
      ...times(4, 0.9),
      ...times(20, 0.4),
      ...times(2, 0),
      ...times(9, 0.4),
      0,
    ]);
    expect(brief(events)).toEqual(['start 0', `pause ${at(36)}`]);
  });

  test('has its pre-roll cut where the stream or the segment before ends', () => {
    const segmenter = new Segmenter({ ...config, preRollMs: 500 });
    expect(brief(hear(segmenter, [0, ...times(4, 0.9), ...times(3, 0)]))).toEqual(['start 0', `pause ${at(8)}`]);
    expect(brief(segmenter.complete())).toEqual([`complete 0-${at(8)}`]);
    expect(brief(hear(segmenter, [0, 0, 0.9], 8))).toEqual([`start ${at(8)}`]);
  });

  test('may have a pre-roll that is no whole number of frames', () => {
    const [start] = hear(new Segmenter({ ...config, preRollMs: 50 }), [...times(10, 0), 0.9]);
    expect(start).toMatchObject({ startSample: at(10) - 800, samples: positions(at(10) - 800, at(11)) });
  });
});

describe('a voice that fades', () => {
  const fading = { ...config, fadeThreshold: 0.9 };

  test('is told of once, and may be where the segment ends', () => {
    const segmenter = new Segmenter(fading);
    expect(brief(hear(segmenter, [...times(5, 0.95), 0.8, 0.6, 0.4, ...times(3, 0)]))).toEqual([
      'start 0',
      `fade ${at(6)}`,
      `pause ${at(11)}`,
    ]);
    segmenter.endAt(at(6));
    expect(brief(hear(segmenter, times(5, 0), 11))).toEqual([`silence 0-${at(6)}`]);
  });

  test('leaves what came after it to the next segment', () => {
    const segmenter = new Segmenter({ ...fading, preRollMs: 500 });
    hear(segmenter, [...times(5, 0.95), 0.8, 0.6, 0.4, ...times(3, 0)]);
    segmenter.endAt(at(6));
    segmenter.complete();
    expect(brief(hear(segmenter, [0, 0.95], 11))).toEqual([`start ${at(6)}`]);
  });

  test.each([
    ['comes back', [0.8, 0.7, 0.95], at(8)],
    ['stays unclear', [0.8, ...times(9, 0.6)], at(15)],
  ])('and %s goes on', (_, probabilities, resumed) => {
    const events = hear(new Segmenter(fading), [...times(5, 0.95), ...probabilities]);
    expect(brief(events)).toEqual(['start 0', `fade ${at(6)}`, 'resume']);
    expect(events.reduce((end, event) => end + ('samples' in event ? event.samples.length : 0), 0)).toBe(resumed);
  });

  test('in a pause that is over does not end the segment there', () => {
    const segmenter = new Segmenter(fading);
    hear(segmenter, [...times(5, 0.95), 0.8, ...times(4, 0)]);
    segmenter.endAt(at(6));
    expect(brief(hear(segmenter, [...times(3, 0.95), ...times(8, 0)], 10))).toEqual([
      'resume',
      `fade ${at(14)}`,
      `pause ${at(16)}`,
      `silence 0-${at(16)}`,
    ]);
  });
});

describe('a misfire', () => {
  test('is speech that is too short, and is never read', () => {
    const events = hear(new Segmenter(config), [...times(3, 0), ...times(2, 0.9), ...times(8, 0)]);
    expect(brief(events)).toEqual([`start ${at(1)}`, `misfire ${at(1)}-${at(13)}`]);
  });

  test('leaves its audio to the pre-roll of what follows', () => {
    const segmenter = new Segmenter({ ...config, preRollMs: 320 });
    expect(brief(hear(segmenter, [...times(2, 0.9), ...times(8, 0), 0.9]))).toEqual([
      'start 0',
      `misfire 0-${at(10)}`,
      'start 0',
    ]);
  });
});

describe('the wait', () => {
  const spoken = [...times(4, 0.9), ...times(4, 0)];

  test.each([
    ['shorter than what has passed ends at the next frame', 64, `silence 0-${at(7)}`, 1],
    ['longer is waited for', 512, `silence 0-${at(7)}`, 12],
  ])('%s', (_, waitMs, end, frames) => {
    const segmenter = new Segmenter(config);
    hear(segmenter, spoken);
    segmenter.setWait(waitMs);
    expect(brief(hear(segmenter, times(frames - 1, 0), 8))).toEqual([]);
    expect(brief(hear(segmenter, [0], 8 + frames - 1))).toEqual([end]);
  });

  test('is the usual one again when speech resumes', () => {
    const segmenter = new Segmenter(config);
    hear(segmenter, spoken);
    segmenter.setWait(512);
    expect(brief(hear(segmenter, [...times(3, 0.9), ...times(8, 0)], 8))).toEqual([
      'resume',
      `pause ${at(14)}`,
      `silence 0-${at(14)}`,
    ]);
  });

  test('can be ended: the words are a whole command', () => {
    const segmenter = new Segmenter(config);
    hear(segmenter, spoken);
    expect(brief(segmenter.complete())).toEqual([`complete 0-${at(7)}`]);
    expect(segmenter.complete()).toEqual([]);
  });
});

describe('flush', () => {
  test.each([
    ['in speech ends with the last frame', times(5, 0.9), [`flush 0-${at(5)}`]],
    ['in a pause ends where it was noticed', [...times(5, 0.9), ...times(5, 0)], [`flush 0-${at(8)}`]],
    ['of too little speech is a misfire', [0.9], [`misfire 0-${at(1)}`]],
    ['in silence is nothing', times(5, 0), []],
  ])('%s', (_, probabilities, expected) => {
    const segmenter = new Segmenter(config);
    hear(segmenter, probabilities);
    expect(brief(segmenter.flush())).toEqual(expected);
    expect(segmenter.flush()).toEqual([]);
  });

  test('lets nothing from before into the next segment', () => {
    const segmenter = new Segmenter(config);
    hear(segmenter, times(5, 0));
    segmenter.flush();
    expect(brief(hear(segmenter, [0.9], 5))).toEqual([`start ${at(5)}`]);
  });
});

describe('speech longer than the limit', () => {
  const long = { ...config, maxSegmentMs: 1_280 };
  const loud = (index: number, quiet: number[]) => {
    const frame = frameAt(index);
    return { ...frame, samples: frame.samples.fill(quiet.includes(index) ? 0.01 : 0.5) };
  };

  test('is cut at its quietest place, and what follows that place begins the next segment', () => {
    const segmenter = new Segmenter(long);
    const events = Array.from({ length: 40 }, (_, index) =>
      segmenter.push(loud(index, [5, 6, 7, 29, 30, 31, 35]), 0.9),
    ).flat();
    const cut = at(30) + frameSamples / 2;
    expect(brief(events)).toEqual(['start 0', `max-length 0-${cut}`, `start ${cut}`]);
    expect(events.at(-1)).toMatchObject({ samples: { length: at(40) - cut } });
  });

  test('in a pause ends there, and silence begins no next segment', () => {
    const segmenter = new Segmenter(long);
    const events = hear(segmenter, [...times(35, 0.9), ...times(5, 0)]);
    expect(brief(events)).toEqual(['start 0', `pause ${at(38)}`, `max-length 0-${at(38)}`]);
    expect(brief(hear(segmenter, times(50, 0), 40))).toEqual([]);
  });

  test('is cut even where the pre-roll is longer than the limit', () => {
    const events = hear(new Segmenter({ ...long, preRollMs: 2_000 }), [...times(70, 0), ...times(60, 0.9)]);
    expect(brief(events).filter((line) => line.startsWith('start'))).toHaveLength(3);
  });
});

test('hours of silence leave nothing behind but the pre-roll', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const segmenter = new Segmenter(config);
  const seen = Array.from({ length: 4_000 }, (_, index) => {
    const frame = frameAt(index);
    segmenter.push(frame, 0.1);
    return new WeakRef(frame.samples);
  });
  // Weak references are held until the turn of the event loop is over.
  return new Promise((resolve) => setImmediate(resolve)).then(() => {
    collectGarbage();
    expect(seen.filter((samples) => samples.deref()).length).toBeLessThanOrEqual(3);
    expect(brief(hear(segmenter, [0.9], 4_000))).toEqual([`start ${at(3_998)}`]);
  });
});
