import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PushToTalk, type Talker } from '../../client/push-to-talk.ts';

/** A promise that the test settles. */
class Deferred {
  resolve!: () => void;
  reject!: (error: Error) => void;
  readonly promise = new Promise<void>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

/** A microphone that opens and drains when the test says so, and notes what is done with it. */
class FakeTalker implements Talker {
  microphone: Talker['microphone'] = 'off';
  readonly done: string[] = [];
  opened = new Deferred();
  drained = new Deferred();

  async startAudio(): Promise<void> {
    this.microphone = 'opening';
    this.done.push('open');
    try {
      await this.opened.promise;
      this.microphone = 'on';
    } catch (error) {
      this.microphone = 'off';
      throw error;
    }
  }

  stopAudio(): void {
    this.microphone = 'off';
    this.done.push('close');
  }

  async drainAudio(): Promise<void> {
    this.done.push('drain');
    await this.drained.promise;
  }

  pressed(): boolean {
    this.done.push('press');
    return true;
  }

  flush(): boolean {
    this.done.push('flush');
    return true;
  }
}

let talker: FakeTalker;
let talk: PushToTalk;
let needsWake: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  talker = new FakeTalker();
  needsWake = false;
  talk = new PushToTalk(talker, () => needsWake);
});

afterEach(() => {
  vi.useRealTimers();
});

async function held(): Promise<void> {
  const holding = talk.hold();
  talker.opened.resolve();
  await holding;
}

test('the phrase ends when all sound up to the release was sent, and only then is the microphone closed', async () => {
  await held();
  talk.release();
  expect(talker.done).toEqual(['open']);
  await vi.advanceTimersByTimeAsync(150);
  expect(talker.done).toEqual(['open', 'drain']);
  talker.drained.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(talker.done).toEqual(['open', 'drain', 'flush', 'close']);
});

test('a key that is released before the microphone is open still gets what follows, and ends its phrase', async () => {
  const holding = talk.hold();
  talk.release();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(talker.done).toEqual(['open']);
  talker.opened.resolve();
  talker.drained.resolve();
  await holding;
  expect(talker.microphone).toBe('on');
  await vi.advanceTimersByTimeAsync(150);
  expect(talker.done).toEqual(['open', 'drain', 'flush', 'close']);
});

test('a key that is pressed again at once begins a phrase of its own, with the microphone still open', async () => {
  talker.drained.resolve();
  await held();
  talk.release();
  await vi.advanceTimersByTimeAsync(100);
  await talk.hold();
  expect(talker.done).toEqual(['open', 'drain', 'flush']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(talker.microphone).toBe('on');
  talk.release();
  await vi.advanceTimersByTimeAsync(150);
  expect(talker.done).toEqual(['open', 'drain', 'flush', 'drain', 'flush', 'close']);
});

test('a key that is pressed again while the last sound is sent keeps the microphone', async () => {
  await held();
  talk.release();
  await vi.advanceTimersByTimeAsync(150);
  await talk.hold();
  talker.drained.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(talker.done).toEqual(['open', 'drain', 'flush']);
  expect(talker.microphone).toBe('on');
});

test('a key that is pressed twice while the microphone opens is held', async () => {
  const holding = talk.hold();
  talk.release();
  await talk.hold();
  talker.opened.resolve();
  await holding;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(talker.done).toEqual(['open']);
});

test('a microphone that was on before stays on', async () => {
  talker.microphone = 'on';
  talker.drained.resolve();
  await talk.hold();
  talk.release();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(talker.done).toEqual(['drain', 'flush']);
});

test('a microphone that cannot be opened is reported, and the next press tries again', async () => {
  const holding = talk.hold();
  talk.release();
  talker.opened.reject(new Error('refused'));
  await expect(holding).rejects.toThrow('refused');
  talker.opened = new Deferred();
  await held();
  expect(talker.done).toEqual(['open', 'open']);
});

test('nothing is ended for a key whose microphone was taken away', async () => {
  await held();
  talk.release();
  talk.reset();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(talker.done).toEqual(['open']);
});

describe('where a wake phrase is needed', () => {
  beforeEach(() => {
    needsWake = true;
    talker.drained.resolve();
  });

  test('the server is told that the key is held, and the end of the phrase takes that back', async () => {
    await held();
    talk.release();
    await vi.advanceTimersByTimeAsync(150);
    expect(talker.done).toEqual(['press', 'open', 'drain', 'flush', 'close']);
  });

  test('it is told anew after the end of the phrase before', async () => {
    await held();
    talk.release();
    await vi.advanceTimersByTimeAsync(100);
    await talk.hold();
    expect(talker.done).toEqual(['press', 'open', 'drain', 'flush', 'press']);
  });

  test('so it is while the microphone is on anyway', async () => {
    talker.microphone = 'on';
    await talk.hold();
    talk.release();
    await talk.hold();
    await vi.advanceTimersByTimeAsync(0);
    expect(talker.done.slice(-2)).toEqual(['flush', 'press']);
  });

  test('a microphone that is taken away is held no longer', async () => {
    await held();
    talk.reset();
    expect(talker.done).toEqual(['press', 'open', 'flush']);
  });
});
