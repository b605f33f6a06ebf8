import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { logFormats, logLevels, type LogFormat, type LogLevel } from '../../src/log.ts';
import { defineCommand, text } from '../../src/index.ts';
import { pcm, say } from './fake-ears.ts';
import { hashPin } from '../../src/config/index.ts';
import { commands } from './harness.ts';
import { listening, token } from './listening.ts';

/** What is said here. It goes through a command that fails, a question, a listener that fails, and a webhook. */
const secret = 'xylophone jubilee';

/** The PIN that confirms what is risky. */
const pin = '493817';

/** What handlers and services may know of the webhook and quote in their errors. */
const keys = ['pass word-Key9', 'pass%20word-Key9', 'path-Key9', 'query-Key9', 'signing-Key9'];

const told = {
  note: defineCommand({
    phrases: ['note {words}'],
    slots: { words: text() },
    run: ({ args, say: speak }) => {
      speak(`Noting ${args.words}.`);
      throw new Error(`cannot note "${args.words}" with x${token}x and ${JSON.stringify(keys)}`, {
        cause: { words: args.words, keys },
      });
    },
  }),
  recall: defineCommand({
    phrases: ['recall {words}'],
    slots: { words: text() },
    confirm: ({ words }) => `Recall ${words}?`,
    risk: 'high',
    run: ({ args }) => ({ say: `It was ${args.words}.` }),
  }),
};

/** Drives a whole session, with all that can go wrong in it; returns the log. */
async function logOf(
  level: LogLevel,
  { format = 'text', transcripts = false }: { format?: LogFormat; transcripts?: boolean } = {},
): Promise<string> {
  const receiver = createServer((_, response) => response.writeHead(400).end()).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const at = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const hook = `http://hook-user:pass%20word-Key9@${at}/services/path-Key9?key=query-Key9`;
  const server = await listening({
    commands: { ...commands, ...told },
    config: {
      log: { level, format, transcripts },
      dispatch: { pin: await hashPin(pin) },
      webhook: { url: hook, secret: 'signing-Key9', types: [], maxAttempts: 1 },
    },
  });
  try {
    server.heed.bus.subscribe({}, (event) => {
      if ('text' in event || 'phrase' in event) throw new Error(`cannot show ${JSON.stringify(event)}`);
    });
    await fetch(server.at(`/v1/commands?token=${token}`));
    await fetch(server.at(`/v1/commands?token=wrong-${token}`));
    await fetch(server.at(`/v1/cases?token=${token}`), { method: 'POST', body: JSON.stringify({ utterance: secret }) });
    await fetch(server.at(`/${encodeURIComponent(secret)}?token=${token}`));
    const client = await server.speaker();
    client.send(pcm(say('turn on the lamp')));
    await client.next('command.completed');
    client.send({ type: 'say', text: `note ${secret}` });
    await client.next('command.failed');
    client.send({ type: 'say', text: `recall ${secret}` });
    const { prompt_id } = await client.next('prompt');
    client.send({ type: 'answer', prompt_id, text: pin });
    await client.next('command.completed');
    client.send({ type: 'say', text: secret });
    await client.next('command.unmatched');
    client.send({ type: 'active', commands: [secret] });
    await client.next('error');
    client.send(`{"type":"${secret}"}`);
    await client.closed;
    const refused = server.connect(`/v1/events?token=wrong-${token}&session=${encodeURIComponent(secret)}`);
    await refused.closed;
    const subscriber = server.connect(`/v1/events?token=${token}&session=${encodeURIComponent(secret)}`);
    await subscriber.opened;
    const metrics = await (await fetch(server.at(`/metrics?token=${token}`))).text();
    expect(metrics).toContain('heed_refusals_total');
    for (const hidden of [/xylophone/i, /7Hq2/, /Key9/, /493817/]) expect(metrics).not.toMatch(hidden);
  } finally {
    await server.heed.close();
    receiver.close();
  }
  return server.lines.join('\n');
}

test.each(logLevels.flatMap((level) => logFormats.map((format) => [level, format] as const)))(
  'at the level %s, as %s, the log holds no word that was said, no token and no key',
  async (level, format) => {
    const log = await logOf(level, { format });
    expect(log).toContain('cannot note');
    expect(log).toContain('A listener failed');
    for (const hidden of [/xylophone/i, /jubilee/i, /the lamp/i, /7Hq2/, /Key9/, /493817/, /hook-user/])
      expect(log).not.toMatch(hidden);
  },
);

test('the log quotes what was said where that is asked for, but never a token', async () => {
  const log = await logOf('debug', { transcripts: true });
  expect(log).toContain(secret);
  expect(log).toContain('turn on the lamp');
  expect(log).not.toMatch(/7Hq2|Key9|493817/);
});

test('a token that nobody has set is never logged either', async () => {
  await using server = await listening({ commands, config: { server: { token: '' } } });
  const { url } = await server.heed.listen();
  const made = new URL(url).searchParams.get('token')!;
  expect(made).not.toBe(token);
  server.heed.log(`Somebody came with ${made}.`, { level: 'error' });
  expect(server.lines.at(-1)).toBe('error: Somebody came with [hidden].');
});

test('the levels add to one another', async () => {
  const counts: number[] = [];
  for (const level of logLevels)
    counts.push((await logOf(level)).split('\n').filter((line) => /^\w+: /.test(line)).length);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts[0]).toBeLessThan(counts[2]!);
});
