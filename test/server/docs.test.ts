import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { encodeWav } from '../../src/audio/index.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { EventBus, eventSchema, eventTypes, WebhookSink } from '../../src/events/index.ts';
import { authSchema } from '../../src/protocols/wav-chunks/parser.ts';
import { closeCodes } from '../../src/server/close-codes.ts';
import { subscribeSchema } from '../../src/protocols/events/messages.ts';
import { resumeSchema, startSchema, streamMessageSchema } from '../../src/protocols/stream/messages.ts';
import { bodies } from '../events/samples.ts';
import { say } from './fake-ears.ts';
import { serve } from './harness.ts';

const pages = { protocol: readFileSync('docs/protocol.md', 'utf8'), events: readFileSync('docs/events.md', 'utf8') };

const commandsSchema = z.strictObject({
  language: z.string(),
  languages: z.array(z.string()),
  chain: z.boolean(),
  problems: z.array(
    z.strictObject({
      severity: z.enum(['error', 'warning']),
      command: z.string().optional(),
      file: z.string().optional(),
      line: z.number().optional(),
      message: z.string(),
    }),
  ),
  commands: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      contexts: z.array(z.string()),
      risk: z.enum(['low', 'medium', 'high']),
      phrases: z.array(z.string()),
      examples: z.array(z.string()),
    }),
  ),
});

const plannedSchema = z.strictObject({
  planned: z.array(
    z.strictObject({
      planned_id: z.string(),
      command: z.string(),
      args: z.record(z.string(), z.unknown()),
      phrase: z.string(),
      due: z.iso.datetime(),
      session_id: z.string(),
      is_kept: z.boolean(),
    }),
  ),
});

const position = { audio: z.int(), messages: z.int() };

const lineSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('resumable'),
    session_id: z.string(),
    resume_token: z.string(),
    resume_ms: z.int(),
  }),
  z.strictObject({ type: z.literal('taken'), ...position }),
  z.strictObject({ type: z.literal('resumed'), session_id: z.string(), ...position }),
]);

const schemas: Record<string, z.ZodType> = {
  resume: resumeSchema,
  line: lineSchema,
  start: startSchema,
  stream: streamMessageSchema,
  subscribe: subscribeSchema,
  auth: authSchema,
  event: eventSchema,
  commands: commandsSchema,
  planned: plannedSchema,
};

/** Returns the code blocks of a page whose first line is "language name". */
function blocksOf(page: string, language: string): [name: string, code: string][] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language} (\\S+)\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, name, code]) => [name!, code!],
  );
}

/** The JSON examples: one per line, or one in the whole block. */
const examples = Object.values(pages)
  .flatMap((page) => blocksOf(page, 'json'))
  .flatMap(([name, code]) =>
    (code.startsWith('{\n') ? [code] : code.trim().split('\n')).map((text) => [name, text] as const),
  );

test.each(examples.map(([name, text], index) => [name, index + 1, text] as const))(
  'the example of %s in the docs fits its schema (%i)',
  (name, _, text) => {
    const value: unknown = JSON.parse(text);
    const parsed = schemas[name]!.parse(value);
    if (name !== 'start') expect(parsed).toEqual(value);
  },
);

test('there is an example of every message and event, and every event is in the table', () => {
  const typesOf = (wanted: string) =>
    examples.filter(([name]) => name === wanted).map(([, text]) => (JSON.parse(text) as { type: string }).type);
  expect(new Set(typesOf('stream'))).toEqual(
    new Set(streamMessageSchema.options.map((option) => option.shape.type.value)),
  );
  expect(new Set(typesOf('event'))).toEqual(new Set(eventTypes));
  expect(
    [...pages.events.matchAll(/^\| `([a-z]+(?:\.[a-z]+)?)` \| .* \| .* \|$/gm)]
      .map(([, type]) => type)
      .filter((type) => (eventTypes as string[]).includes(type!)),
  ).toEqual(eventTypes);
});

test('the table of close codes is the one the server uses', () => {
  const rows = [...pages.protocol.matchAll(/^\| (4\d{3}|1013) \| (.*) \|$/gm)].flatMap(([, code, names]) =>
    [...names!.matchAll(/`([a-z-]+)`/g)].map(([, name]) => [name, Number(code)]),
  );
  expect(Object.fromEntries(rows)).toEqual(closeCodes);
});

test('options that the pages name exist', () => {
  const named = Object.values(pages).flatMap((page) => [...page.matchAll(/`(server|webhook)\.([A-Za-z]+)`/g)]);
  expect(named.length).toBeGreaterThan(20);
  for (const [, section, option] of named)
    expect(Object.keys(defaultConfig[section as 'server' | 'webhook'])).toContain(option);
});

let folder = '';

beforeAll(() => {
  // Inside the project, so that the examples find their packages.
  mkdirSync('node_modules/.cache', { recursive: true });
  folder = mkdtempSync(join('node_modules', '.cache', 'heed-docs-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs an example of the docs as a program, after replacing the words that stand for the reader's own. */
function runExample(
  page: string,
  name: string,
  words: Record<string, string>,
): ChildProcessByStdio<null, Readable, Readable> {
  const code = Object.entries(words).reduce(
    (text, [word, value]) => text.replaceAll(word, value),
    blocksOf(page, 'js').find(([found]) => found === name)![1],
  );
  writeFileSync(join(folder, `${name}.mjs`), code);
  return spawn(process.execPath, [`${name}.mjs`], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
}

test('the client of the docs streams a file and sees its command done', async () => {
  await using server = await serve();
  writeFileSync(join(folder, 'order.wav'), encodeWav(say('turn on the lamp')));
  const client = runExample(pages.protocol, 'client', {
    'ws://127.0.0.1:4333': server.at('', 'ws'),
    TOKEN: server.token,
  });
  let output = '';
  for (const stream of [client.stdout, client.stderr])
    stream.on('data', (part: Buffer) => {
      output += part.toString();
    });
  await once(client, 'close');
  expect(output).toBe('heard: turn on the lamp\ndone: lamp\n');
});

test('the webhook receiver of the docs takes signed events and no others', async () => {
  const reserved = await serve();
  const { port } = reserved.server;
  await reserved[Symbol.asyncDispose]();
  const receiver = runExample(pages.events, 'webhook', {
    SECRET: 'key',
    '.listen(8080)': `.listen(${port}, '127.0.0.1', () => console.log('ready'))`,
  });
  const log: string[] = [];
  const bus = new EventBus({ log: (line) => log.push(line) });
  const post = async (secret: string) => {
    const sink = new WebhookSink(
      bus,
      { ...defaultConfig.webhook, url: `http://127.0.0.1:${port}/`, secret },
      { log: (line) => log.push(line) },
    );
    bus.publish(
      's',
      bodies.find(({ type }) => type === 'segment.final')!,
    );
    await sink.close();
  };
  try {
    await once(receiver.stdout, 'data');
    await post('another key');
    const printed = once(receiver.stdout, 'data');
    await post('key');
    expect(String((await printed)[0])).toBe('segment.final Lights on\n');
    expect(log).toEqual([expect.stringContaining('status 401')]);
  } finally {
    receiver.kill();
    await once(receiver, 'close');
  }
});
