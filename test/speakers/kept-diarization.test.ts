import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HeedError } from '../../src/errors.ts';
import type { SpeakerStream, SpokenVoice } from '../../src/speakers/diarization.ts';
import { keepDiarization, type MortalDiarization } from '../../src/speakers/kept-diarization.ts';
import type { Heard } from '../../src/speakers/stream-diarizer.ts';

/** A thread in which two people speak from the beginning, until it is lost. */
class Thread implements MortalDiarization {
  readonly ended: Promise<HeedError>;
  lose: () => void = () => undefined;
  hear: (heard: Heard) => void = () => undefined;
  pushed = 0;
  state: { hasSpeech: boolean } | undefined;
  isClosed = false;
  readonly #error = new HeedError('native-failed', 'lost');
  #isLost = false;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.lose = () => {
        this.#isLost = true;
        resolve(this.#error);
      };
    });
  }

  openStream(onHeard: (heard: Heard) => void): SpeakerStream {
    this.hear = onHeard;
    return {
      push: ({ length }, state) => {
        this.pushed += length;
        this.state = state;
      },
      ready: () => Promise.resolve(),
      who: (start, end) =>
        this.#isLost
          ? Promise.reject(this.#error)
          : Promise.resolve({ turns: [0, 1].map((speaker) => ({ speaker, start, end })), similarities: [0.9, 0.8] }),
      close: () => undefined,
    };
  }

  openSpeech(): SpokenVoice {
    return {
      hear: () => undefined,
      describe: (vector) => Promise.resolve({ vector, othersSeconds: 0 }),
      close: () => undefined,
    };
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a stream goes on in the next thread, and whoever speaks then gets a new number', async () => {
  const threads: Thread[] = [];
  const diarization = await keepDiarization(() => {
    threads.push(new Thread());
    return Promise.resolve(threads.at(-1)!);
  });
  const heard: Heard[] = [];
  const stream = diarization.openStream((one) => heard.push(one));
  stream.push(new Float32Array(32_000));
  threads[0]!.hear({ end: 2, speakers: [0] });
  expect((await stream.who(0, 2)).turns.map(({ speaker }) => speaker)).toEqual([0, 1]);

  threads[0]!.lose();
  await vi.advanceTimersByTimeAsync(0);
  await expect(stream.who(0, 2)).rejects.toMatchObject({ code: 'native-failed' });
  stream.push(new Float32Array(16_000));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(threads).toHaveLength(2);
  stream.push(new Float32Array(16_000), { hasSpeech: false });
  expect(threads[1]).toMatchObject({ pushed: 16_000, state: { hasSpeech: false } });
  threads[1]!.hear({ end: 1, speakers: [0] });
  expect(heard).toEqual([
    { end: 2, speakers: [0] },
    { end: 4, speakers: [2] },
  ]);
  expect(await stream.who(2, 4)).toEqual({
    turns: [2, 3].map((speaker) => ({ speaker, start: 3, end: 4 })),
    similarities: [undefined, undefined, 0.9, 0.8],
  });
  expect(await stream.who(0, 2)).toEqual({ turns: [], similarities: [] });
  await diarization.close();
  expect(threads[1]!.isClosed).toBe(true);
});

test('a thread that is lost again and again is started less and less often, and a closed one never', async () => {
  let starts = 0;
  const diarization = await keepDiarization(() => {
    starts++;
    if (starts > 1) return Promise.reject(new HeedError('native-failed', 'no'));
    const thread = new Thread();
    thread.lose();
    return Promise.resolve(thread);
  });
  const stream = diarization.openStream(() => undefined);
  await vi.advanceTimersByTimeAsync(7_500);
  expect(starts).toBe(4); // after 1, 3 and 7 s
  await expect(stream.who(0, 1)).rejects.toMatchObject({ code: 'native-failed' });
  await diarization.close();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(starts).toBe(4);
  expect(() => diarization.openStream(() => undefined)).toThrow(expect.objectContaining({ code: 'closed' }) as Error);
  await expect(stream.who(0, 1)).rejects.toMatchObject({ code: 'closed' });
});

test('a voice is described by the thread that there is, and by none while there is none', async () => {
  const threads = [new Thread(), new Thread()];
  let next = 0;
  const kept = await keepDiarization(() => Promise.resolve(threads[next++]!));
  const speech = Float32Array.of(1);
  expect((await kept.openSpeech().describe(speech)).vector).toBe(speech);
  threads[0]!.lose();
  await threads[0]!.ended;
  expect(() => kept.openSpeech()).toThrow('lost');
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await kept.openSpeech().describe(speech)).vector).toBe(speech);
  await kept.close();
});
