import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ModelProcess } from '../../src/suggest/model-process.ts';

function start(path: string): ModelProcess {
  const module = { path: fileURLToPath(new URL('fake-model.js', import.meta.url)), execArgv: [] };
  const model = new ModelProcess({ module, library: 'none', path });
  onTestFinished(() => model.close());
  return model;
}

test('gives the vectors of the sentences, in their order', async () => {
  const model = start('good');
  await model.ready;
  const [first, second] = await Promise.all([model.embed(['a', 'four']), model.embed(['to'])]);
  expect([first, second].map((vectors) => vectors.map(([length]) => length))).toEqual([[1, 4], [2]]);
});

test.each([
  ['dies-loading', 'worker-lost', 'The sentence model ended: exit code 3'],
  ['is-damaged', 'bad-model', 'The sentence model failed: no GGUF'],
])('a model that %s is never ready', async (path, code, message) => {
  await expect(start(path).ready).rejects.toMatchObject({ code, message });
});

test.each([
  ['dies-working', 'worker-lost', /^The sentence model ended: exit code 7/],
  ['fails', 'bad-model', /too long/],
  ['babbles', 'internal', /no message/],
])('when a model %s, its sentences are rejected', async (path, code, message) => {
  const model = start(path);
  await model.ready;
  const wanted = { code, message: expect.stringMatching(message) as string };
  await expect(model.embed(['a'])).rejects.toMatchObject(wanted);
});

test('what comes after its end is rejected, and so is what waits at its close', async () => {
  const model = start('good');
  await model.ready;
  const waiting = model.embed(['a']);
  const closed = model.close();
  await expect(waiting).rejects.toMatchObject({ code: 'closed' });
  await closed;
  await expect(model.embed(['a'])).rejects.toMatchObject({ code: 'closed' });
});
