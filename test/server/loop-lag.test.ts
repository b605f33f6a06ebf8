import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { LoopLag } from '../../src/server/loop-lag.ts';
import { serve } from './harness.ts';

const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };

function block(ms: number): void {
  for (const endMs = performance.now() + ms; performance.now() < endMs;);
}

test('an event loop that is always late is told from an idle one', async () => {
  const lag = new LoopLag();
  for (let piece = 0; piece < 8; piece++) {
    block(400);
    await turn();
  }
  expect(lag.ms).toBeGreaterThan(200);
  // One window with the last of it, and one of rest.
  await sleep(5_000);
  expect(lag.ms).toBeLessThan(200);
  lag.close();
});

test('one long piece of work is no lag', async () => {
  const lag = new LoopLag();
  await sleep(500);
  block(1_000);
  await sleep(1_500);
  expect(lag.ms).toBeLessThan(200);
  lag.close();
});

test('a server that is behind answers new streams busy at once; typed phrases and open streams go on', async () => {
  await using server = await serve();
  const open = await server.start({ audio });
  const late = vi.spyOn(LoopLag.prototype, 'ms', 'get').mockReturnValue(700);
  const refused = server.connect('/v1/stream');
  refused.send({ type: 'start', token: server.token, audio });
  expect(await refused.next('error')).toMatchObject({ code: 'busy', message: expect.stringContaining('700 ms behind') });
  expect(await refused.closed).toMatchObject({ code: 4503 });
  const typing = await server.start();
  typing.send({ type: 'say', text: 'turn on the lamp' });
  await typing.next('command.completed');
  open.send({ type: 'say', text: 'turn off the lamp' });
  await open.next('command.completed');
  late.mockRestore();
  await server.start({ audio });
});
