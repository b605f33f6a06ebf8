import { expect, test } from 'vitest';
import { Arrival } from '../../src/server/arrival.ts';

/** A stream of messages of 20 ms, and the lag of the last one. */
function newStream() {
  const clock = { nowMs: 5_000 };
  const arrival = new Arrival(() => clock.nowMs);
  let lagMs = 0;
  return {
    clock,
    arrival,
    /** Plays so much sound, each 20 ms of it `everyMs` after the last. */
    play: (soundMs: number, everyMs = 20) => {
      for (let at = 0; at < soundMs; at += 20) {
        clock.nowMs += everyMs;
        lagMs = arrival.take(20, clock.nowMs);
      }
      return lagMs;
    },
  };
}

test('live sound has no lag, even if it is not quite regular', () => {
  const { arrival, clock, play } = newStream();
  expect(play(10_000)).toBe(0);
  let most = 0;
  for (let lump = 0; lump < 50; lump++) {
    clock.nowMs += 100;
    for (let count = 0; count < 5; count++) most = Math.max(most, arrival.take(20, clock.nowMs));
  }
  expect(most).toBeLessThanOrEqual(100);
});

test('what a line held back is as old as the line stood still, and less so the later it was recorded', () => {
  const { arrival, clock, play } = newStream();
  play(2_000);
  clock.nowMs += 20_000;
  expect(arrival.take(20, clock.nowMs)).toBeCloseTo(19_980);
  expect(play(10_000, 0)).toBeCloseTo(9_980);
  expect(play(9_980, 0)).toBeCloseTo(0);
  expect(play(2_000)).toBe(0);
});

test('a slow line that catches up is no live one', () => {
  const { clock, play } = newStream();
  play(2_000);
  clock.nowMs += 20_000;
  expect(play(5_000, 16)).toBeGreaterThan(18_000);
});

test('a first sound that comes long after the start in one burst was recorded then', () => {
  const { arrival, clock, play } = newStream();
  clock.nowMs += 20_000;
  expect(arrival.take(2_000, clock.nowMs)).toBe(18_000);
  expect(play(400)).toBe(0);
});

test('a client that was muted is live as soon as its pace shows it', () => {
  const { clock, play } = newStream();
  play(2_000);
  clock.nowMs += 20_000;
  expect(play(300)).toBeGreaterThan(19_000);
  expect(play(60)).toBe(0);
});

test('sound that was recorded before the session began makes what follows no older', () => {
  const { arrival, clock, play } = newStream();
  expect(arrival.take(3_000, clock.nowMs)).toBe(0);
  expect(play(1_000)).toBe(0);
});

test('a recorder whose clock runs slow is live for days', () => {
  const { arrival, clock } = newStream();
  let most = 0;
  for (let at = 0; at < 3_600_000; at += 100) {
    clock.nowMs += 100.02;
    most = Math.max(most, arrival.take(100, clock.nowMs));
  }
  expect(most).toBeLessThan(10);
});

test('what comes without sound is as late as the sound that came with it', () => {
  const { arrival, clock } = newStream();
  clock.nowMs += 20_000;
  arrival.take(1_000, clock.nowMs);
  expect(arrival.lagMs).toBe(19_000);
  clock.nowMs += 1_000;
  expect(arrival.lagMs).toBe(0);
});

test('what a client says to be live is live', () => {
  const { arrival, clock } = newStream();
  clock.nowMs += 20_000;
  arrival.restart();
  expect(arrival.take(1_000, clock.nowMs)).toBe(0);
});
