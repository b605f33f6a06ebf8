import { expect, test } from 'vitest';
import { AskedThread } from '../../src/platform/asked-thread.ts';
import { childModule } from '../../src/platform/child-module.ts';
import type { ChildTasks } from './asked-child.ts';

function start(isBroken = false): AskedThread<ChildTasks> {
  return new AskedThread<ChildTasks>({
    module: childModule('./asked-child', import.meta.url),
    data: { isBroken },
    what: 'The thread of the test',
    advice: 'Start it again.',
  });
}

test('a thread does one task after the other, and goes on after one that fails', async () => {
  const thread = start();
  const done = Promise.allSettled([thread.ask('add', [1, 2]), thread.ask('fail', []), thread.ask('add', [3, 4])]);
  await thread.loaded;
  expect(await done).toMatchObject([
    { value: 3 },
    { reason: { code: 'bad-audio', message: 'It is no sound.' } },
    { value: 10 },
  ]);
  expect(thread.failure).toBeUndefined();
  await thread.close();
});

test('what a closed thread has not done yet is rejected, as is everything after', async () => {
  const thread = start();
  await thread.loaded;
  const asked = thread.ask('add', [1, 2]);
  const closing = thread.close();
  const closed = { code: 'closed', message: 'The thread of the test was closed before.' };
  await expect(asked).rejects.toMatchObject(closed);
  await expect(thread.ask('add', [1, 2])).rejects.toMatchObject(closed);
  expect(await thread.ended).toMatchObject(closed);
  await closing;
  await thread.close();
});

test('a thread that ends by itself is lost, with what it was asked', async () => {
  const thread = start();
  await thread.loaded;
  const lost = { code: 'native-failed', message: 'The thread of the test ended. Start it again.' };
  await expect(thread.ask('end', [])).rejects.toMatchObject(lost);
  expect(await thread.ended).toMatchObject(lost);
  expect(thread.failure).toMatchObject(lost);
  await thread.close();
});

test('a thread that cannot load what it needs says why, and does nothing', async () => {
  const thread = start(true);
  const broken = { code: 'bad-model', message: 'It is damaged.' };
  const asked = thread.ask('add', [1, 2]);
  await expect(thread.loaded).rejects.toMatchObject(broken);
  await expect(asked).rejects.toMatchObject(broken);
  await thread.close();
});
