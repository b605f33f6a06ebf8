import { describe, expect, test } from 'vitest';
import { Ages } from '../../client/ages.ts';
import { Outbox, type OutboxItem } from '../../client/outbox.ts';

const piece = (bytes: number, first = 0): ArrayBuffer =>
  Uint8Array.from({ length: bytes }, (_, index) => first + index).buffer;
const shown = (items: OutboxItem[]): unknown[] =>
  items.map(({ data }) => (typeof data === 'string' ? data : [...new Uint8Array(data)]));

function newOutbox({ maxAudioBytes = 100, maxMessages = 10 } = {}): Outbox {
  return new Outbox({ maxAudioBytes, maxMessages });
}

describe('an outbox', () => {
  test('gives everything once in its order, and once more after a connection broke', () => {
    const outbox = newOutbox();
    outbox.addAudio(piece(2), 1);
    outbox.addMessage('flush', 2);
    expect(shown(outbox.takeUnsent())).toEqual([[0, 1], 'flush']);
    outbox.addAudio(piece(2, 2), 3);
    expect(outbox.hasUnsent).toBe(true);
    expect(shown(outbox.takeUnsent())).toEqual([[2, 3]]);
    expect(shown(outbox.takeUnsent())).toEqual([]);
    outbox.rewind();
    expect(shown(outbox.takeUnsent())).toEqual([[0, 1], 'flush', [2, 3]]);
  });

  test('forgets what the server has taken, to the byte', () => {
    const outbox = newOutbox();
    outbox.addAudio(piece(4), 1);
    outbox.addMessage('one', 2);
    outbox.addMessage('two', 3);
    outbox.addAudio(piece(4, 4), 4);
    outbox.takeUnsent();
    outbox.confirm({ audio: 4, messages: 1 });
    expect([outbox.audioFrom, outbox.oldestAtMs, outbox.confirmed]).toEqual([4, 3, { audio: 4, messages: 1 }]);
    outbox.rewind();
    expect(shown(outbox.takeUnsent())).toEqual(['two', [4, 5, 6, 7]]);
    outbox.confirm({ audio: 6, messages: 2 });
    outbox.rewind();
    expect([outbox.audioFrom, shown(outbox.takeUnsent())]).toEqual([6, [[6, 7]]]);
    outbox.confirm(outbox.end);
    expect([outbox.audioFrom, outbox.oldestAtMs]).toEqual([8, undefined]);
  });

  test('drops the oldest audio when it is full, but no message, and takes no more of these than it may', () => {
    const outbox = newOutbox({ maxAudioBytes: 4, maxMessages: 2 });
    expect(outbox.addMessage('one', 0)).toBe(true);
    outbox.addAudio(piece(2), 1);
    outbox.addAudio(piece(2, 2), 2);
    outbox.takeUnsent();
    outbox.addAudio(piece(2, 4), 3);
    expect([outbox.addMessage('two', 4), outbox.addMessage('three', 5)]).toEqual([true, false]);
    expect(outbox.audioFrom).toBe(2);
    expect(shown(outbox.takeUnsent())).toEqual([[4, 5], 'two']);
    outbox.rewind();
    expect(shown(outbox.takeUnsent())).toEqual(['one', [2, 3], [4, 5], 'two']);
  });

  test('begins anew for another session, with what it kept or with nothing', () => {
    const outbox = newOutbox({ maxAudioBytes: 4 });
    for (const first of [0, 2, 4]) outbox.addAudio(piece(2, first), first);
    outbox.restart(['first'], 9);
    expect([outbox.audioFrom, outbox.end]).toEqual([0, { audio: 4, messages: 1 }]);
    expect(shown(outbox.takeUnsent())).toEqual(['first', [2, 3], [4, 5]]);
    outbox.clear();
    expect([outbox.end, outbox.hasUnsent]).toEqual([{ audio: 0, messages: 0 }, false]);
  });
});

describe('the age of what is sent', () => {
  const nowMs = 100_000;
  const sound = (atMs: number, isFlowing = true) => ({ atMs, lengthMs: 1_000, nowMs, isFlowing });

  test('is not told while all is live', () => {
    const ages = new Ages();
    expect([sound(nowMs), sound(nowMs - 200), sound(nowMs - 200, false)].map((item) => ages.next(item))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('is told once for sound without gaps, at each gap, and when it is live again', () => {
    const ages = new Ages();
    ages.reset('unknown');
    const told = [-9_000, -8_000, -7_100, -3_000, -1_900, 0].map((age) => ages.next(sound(nowMs + age)));
    expect(told).toEqual([10_000, undefined, undefined, 4_000, undefined, 0]);
  });

  test('is told to a session that goes on, even if it is live', () => {
    const ages = new Ages();
    ages.reset('unknown');
    expect([ages.next(sound(nowMs)), ages.next(sound(nowMs))]).toEqual([0, undefined]);
  });

  test('holds as long as sound waits behind older sound', () => {
    const ages = new Ages();
    const told = [sound(nowMs - 1_000), sound(nowMs, false), { ...sound(nowMs), lengthMs: 0 }];
    expect(told.map((item) => ages.next(item))).toEqual([2_000, undefined, 0]);
  });
});
