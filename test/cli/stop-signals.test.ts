import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { StopSignals, type StopSignal } from '../../src/cli/stop-signals.ts';

/** A process that only counts how it would end, and its clock. */
function stage() {
  const source = new EventEmitter();
  const exits: number[] = [];
  const clock = { ms: 0 };
  const signals = new StopSignals(Object.assign(source, { exit: (code: number) => exits.push(code) }), () => clock.ms);
  const send = (signal: StopSignal, atMs: number): void => {
    clock.ms = atMs;
    source.emit(signal, signal);
  };
  return { signals, exits, send };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'the first %s is told, and a second signal ends the process',
  async (first) => {
    const { signals, exits, send } = stage();
    send(first, 0);
    expect(await signals.first).toBe(first);
    expect(exits).toEqual([]);
    send('SIGTERM', 2_000);
    expect(exits).toEqual([130]);
  },
);

test('a signal that npm passes on right after the terminal counts as the same one', async () => {
  const { signals, exits, send } = stage();
  send('SIGINT', 0);
  send('SIGINT', 20);
  expect([await signals.first, exits]).toEqual(['SIGINT', []]);
  send('SIGINT', 600);
  expect(exits).toEqual([130]);
});
