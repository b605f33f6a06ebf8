import { describe, expect, test } from 'vitest';
import { OnlineClustering } from '../../src/speakers/online-clustering.ts';
import type { LocalVoices } from '../../src/speakers/local-voices.ts';

const options = { tauActive: 0.5, rhoUpdate: 0.3, deltaNew: 0.4, maxSpeakers: 3 };

/** A voice in a plane, at an angle. */
function voice(degrees: number): Float32Array {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle), 0);
}

/** A window of ten frames; each local speaker fills a share of it. */
function heard(...speakers: { degrees: number; share?: number }[]): LocalVoices {
  const activity = new Float32Array(30);
  for (const [local, { share = 1 }] of speakers.entries())
    for (let frame = 0; frame < Math.round(10 * share); frame++) activity[frame * 3 + local] = 0.9;
  return { activity, frames: 10, vectors: [0, 1, 2].map((local) => speakers[local] && voice(speakers[local].degrees)) };
}

function globals(clustering: OnlineClustering, ...speakers: { degrees: number; share?: number }[]): number[] {
  const found = clustering.identify(heard(...speakers));
  return speakers.map((_, local) => found.find((one) => one.local === local)?.global ?? -1);
}

describe('voices are recognised from window to window', () => {
  test('whichever comes first in a window', () => {
    const clustering = new OnlineClustering(options);
    expect(globals(clustering, { degrees: 0 }, { degrees: 80 })).toEqual([0, 1]);
    expect(globals(clustering, { degrees: 75 }, { degrees: 5 })).toEqual([1, 0]);
    expect(clustering.count).toBe(2);
  });

  test('one that is far from all is a new one, if it is heard for long enough', () => {
    const clustering = new OnlineClustering(options);
    globals(clustering, { degrees: 0 });
    expect(globals(clustering, { degrees: 80, share: 0.1 })).toEqual([0]);
    expect(globals(clustering, { degrees: 80 })).toEqual([1]);
  });

  test('two of one window are never the same', () => {
    const clustering = new OnlineClustering(options);
    globals(clustering, { degrees: 0 });
    const [a, b] = globals(clustering, { degrees: 2 }, { degrees: 4 });
    expect(new Set([a, b]).size).toBe(2);
  });

  test('there are never more than the limit', () => {
    const clustering = new OnlineClustering(options);
    for (const degrees of [0, 60, 120, 180, 240, 300]) globals(clustering, { degrees });
    expect(clustering.count).toBe(3);
  });

  test('what is heard moves what is known', () => {
    const clustering = new OnlineClustering(options);
    for (const degrees of [0, 20, 40, 60, 80]) expect(globals(clustering, { degrees })).toEqual([0]);
  });
});
