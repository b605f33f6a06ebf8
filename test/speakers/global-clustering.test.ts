import { describe, expect, test } from 'vitest';
import { GlobalClustering, type HeardVoice, type SpeakerCount } from '../../src/speakers/global-clustering.ts';
import { cosine } from '../../src/speakers/online-clustering.ts';
import { Rng } from './random-voices.ts';

const anyCount: SpeakerCount = { min: 1, max: 20 };

function clustering(mostGroups = 400): GlobalClustering {
  return new GlobalClustering({ threshold: 0.3, leastSeconds: 2, windows: 1, mostGroups });
}

/** Adds windows in which the given people speak; returns the numbers of their voices, window by window. */
function hear(into: GlobalClustering, windows: readonly (readonly number[])[], { seconds = 1, noise = 0.4 } = {}) {
  const random = new Rng(7);
  const voices = windows.map((people) =>
    into.add(people.map((who) => ({ vector: random.voice(who, noise), seconds }))),
  );
  return voices;
}

/** Who of the people found a voice is nearest to. */
function nearest(into: GlobalClustering, voice: number, people: readonly Float32Array[]): number {
  const cosines = people.map((person) => cosine(person, into.vector(voice)));
  return cosines.indexOf(Math.max(...cosines));
}

describe('the people of a recording are found', () => {
  test('one, where one person speaks', () => {
    const own = clustering();
    hear(
      own,
      Array.from({ length: 40 }, () => [0]),
    );
    expect(own.people(anyCount)).toHaveLength(1);
  });

  test('none, where nobody does', () => {
    expect(clustering().people(anyCount)).toEqual([]);
  });

  test.each([2, 5, 20])('%i, who take turns, and each of their voices is known again', (count) => {
    const own = clustering();
    const voices = hear(
      own,
      Array.from({ length: 12 * count }, (_, window) => [window % count]),
    );
    const people = own.people(anyCount);
    expect(people).toHaveLength(count);
    const found = voices.map(([voice]) => nearest(own, voice!, people));
    for (const [window, who] of found.entries()) expect(who).toBe(found[window % count]);
    expect(new Set(found).size).toBe(count);
  });

  test('those who were heard longest first', () => {
    const own = clustering();
    hear(own, [[1], [1], [1], ...Array.from({ length: 20 }, () => [0])]);
    const random = new Rng(1);
    expect(own.people(anyCount).map((person) => Math.round(cosine(person, random.voice(0, 0))))).toEqual([1, 0]);
  });

  test('but not who is heard for less than two seconds', () => {
    const own = clustering();
    hear(own, [[1], ...Array.from({ length: 20 }, () => [0])]);
    expect(own.people(anyCount)).toHaveLength(1);
  });

  test('who sound alike but speak in one window are two', () => {
    const own = clustering();
    const random = new Rng(3);
    // A distance of about 0.2, which would be one person.
    const alike = (other: boolean): HeardVoice => {
      const vector = random.voice(0, 0.1);
      if (other) vector[30]! += 0.7;
      const length = Math.hypot(...vector);
      return { vector: vector.map((value) => value / length), seconds: 1 };
    };
    for (let window = 0; window < 10; window++) own.add([alike(false)]);
    for (let window = 0; window < 10; window++) own.add([alike(true)]);
    expect(own.people(anyCount)).toHaveLength(1);
    for (let window = 0; window < 20; window++) own.add([alike(false), alike(true)]);
    expect(own.people(anyCount)).toHaveLength(2);
  });

  test.each([
    { seconds: 0.5, count: 1 },
    { seconds: 5, count: 2 },
  ])('a voice of $seconds s at a distance of 0.5 from a long one makes $count', ({ seconds, count }) => {
    const own = new GlobalClustering({ threshold: 0.3, leastSeconds: 0.1, windows: 1, mostGroups: 400 });
    own.add([{ vector: Float32Array.of(1, 0), seconds: 10 }]);
    own.add([{ vector: Float32Array.of(0.5, Math.sqrt(0.75)), seconds }]);
    expect(own.people(anyCount)).toHaveLength(count);
  });

  test('where each moment is in ten windows, ten times as much is heard of everybody', () => {
    const own = new GlobalClustering({ threshold: 0.3, leastSeconds: 2, windows: 10, mostGroups: 400 });
    hear(own, [...Array.from({ length: 15 }, () => [1]), ...Array.from({ length: 200 }, () => [0])]);
    expect(own.people(anyCount)).toHaveLength(1);
    expect(own.people(anyCount, 5)).toHaveLength(2);
  });

  test('one voice that was taken for two in a few windows is one person all the same', () => {
    const own = clustering();
    hear(own, [...Array.from({ length: 6 }, () => [0, 0]), ...Array.from({ length: 60 }, () => [0])]);
    expect(own.people(anyCount)).toHaveLength(1);
  });
});

describe('how many people there are may be known', () => {
  const meeting = Array.from({ length: 60 }, (_, window) => [window % 5]);

  test('fewer than sound different', () => {
    const own = clustering();
    hear(own, meeting);
    expect(own.people({ min: 3, max: 3 })).toHaveLength(3);
    expect(own.people({ min: 1, max: 2 })).toHaveLength(2);
    expect(own.people({ min: 1, max: 1 })).toHaveLength(1);
  });

  test('more than sound different, as far as there are voices', () => {
    const own = clustering();
    hear(own, meeting);
    expect(own.people({ min: 7, max: 7 })).toHaveLength(7);
    const few = clustering();
    hear(few, [[0], [1]]);
    expect(few.people({ min: 7, max: 7 })).toHaveLength(2);
  });

  test('who spoke shortly counts, too', () => {
    const own = clustering();
    hear(own, [[1], ...Array.from({ length: 20 }, () => [0])]);
    expect(own.people({ min: 2, max: 2 })).toHaveLength(2);
  });
});

describe('of a long recording little is kept', () => {
  test('and the people are found all the same', () => {
    const own = clustering(120);
    const voices = hear(
      own,
      Array.from({ length: 3_000 }, (_, window) => (window % 3 === 0 ? [window % 4, 4] : [window % 4])),
    );
    expect(own.size).toBeLessThanOrEqual(120);
    const people = own.people(anyCount);
    expect(people).toHaveLength(5);
    const found = voices.map(([voice]) => nearest(own, voice!, people));
    const wrong = found.filter((who, window) => who !== found[window % 4]);
    expect(wrong).toEqual([]);
  });

  test('a window with more voices than are kept is refused nothing', () => {
    const own = clustering(2);
    hear(own, [
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(own.people(anyCount).length).toBeGreaterThan(0);
  });
});
