import { AsyncLocalStorage } from 'node:async_hooks';
import { context, ROOT_CONTEXT, SpanStatusCode, trace, type Context, type ContextManager } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHeed, defineCommand, list, type Heed } from '../../src/index.ts';
import type { Session } from '../../src/session/index.ts';
import { unhurried } from '../patience.ts';
import { say, ToneEars } from '../server/fake-ears.ts';

/** What an SDK for Node brings: the active context follows asynchronous work. */
class AsyncContexts implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    active: Context,
    work: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    const run = work as (...args: A) => ReturnType<F>;
    return this.#storage.run(active, () => run.apply(self, args));
  }

  bind<T>(_: Context, target: T): T {
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }
}

const exporter = new InMemorySpanExporter();

const commands = {
  lamp: defineCommand({
    phrases: ['turn {state} the lamp'],
    slots: { state: list(['on', 'off']) },
    async run() {
      await Promise.resolve();
      await trace.getTracer('test').startActiveSpan('switch', async (span) => {
        await Promise.resolve();
        span.end();
      });
    },
  }),
  broken: defineCommand({
    phrases: ['break it'],
    run: () => {
      throw new Error('cannot break it');
    },
  }),
};

beforeEach(() => {
  context.setGlobalContextManager(new AsyncContexts());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
});

afterEach(() => {
  trace.disable();
  context.disable();
  exporter.reset();
});

/** Opens a session, does something in it, closes it; returns the spans in the order in which they ended. */
async function spansOf(work: (session: Session, heed: Heed) => Promise<void>): Promise<ReadableSpan[]> {
  const { vad, transcriber } = new ToneEars();
  const heed = await createHeed({
    commands,
    commandsDir: false,
    log: () => undefined,
    config: unhurried({}),
    vad,
    transcriber,
  });
  const session = await heed.openSession();
  await work(session, heed);
  await heed.close();
  return exporter.getFinishedSpans();
}

/** Returns the names of all spans, each below its parent. */
function treeOf(spans: readonly ReadableSpan[]): unknown {
  const below = (parent: string | undefined): unknown =>
    Object.fromEntries(
      spans
        .filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)
        .map((span) => [span.name, below(span.spanContext().spanId)]),
    );
  return below(undefined);
}

function named(spans: readonly ReadableSpan[], name: string): ReadableSpan {
  const found = spans.filter((span) => span.name === name);
  expect(found, name).toHaveLength(1);
  return found[0]!;
}

test('speech that is dropped because heed speaks ends its utterance at once', async () => {
  await spansOf(async (session) => {
    await session.push(say('turn on the lamp', { silenceMs: 0 }));
    session.setPlaying(true);
    await session.push(new Float32Array(1_024));
    expect(named(exporter.getFinishedSpans(), 'heed.utterance').attributes).toMatchObject({
      'heed.end.reason': 'playing',
    });
  });
});

test('talk without the wake phrase is an utterance that was not addressed', async () => {
  const spans = await spansOf(async (_, heed) => {
    const session = await heed.openSession({ wake: 'computer' });
    await session.push(say('turn on the lamp'));
    await session.flush();
  });
  expect(named(spans, 'heed.utterance').attributes).toMatchObject({ 'heed.outcome': 'not-addressed' });
});

test('an utterance is a trace of its readings, its match and its handler, whose own spans lie below it', async () => {
  const spans = await spansOf(async (session) => {
    await session.push(say('turn on the lamp'));
    await session.flush();
  });
  expect(treeOf(spans)).toEqual({
    'heed.session': {},
    'heed.utterance': { 'heed.early-reading': {}, 'heed.match': {}, 'heed.handler': { switch: {} } },
  });
  const utterance = named(spans, 'heed.utterance');
  const session = named(spans, 'heed.session');
  expect(utterance.spanContext().traceId).not.toBe(session.spanContext().traceId);
  expect(utterance.links.map((link) => link.context.spanId)).toEqual([session.spanContext().spanId]);
  expect(utterance.attributes).toMatchObject({
    'heed.source': 'speech',
    'heed.outcome': 'completed',
    'heed.is_speech': true,
    'heed.session.id': session.attributes['heed.session.id'],
  });
  expect(named(spans, 'heed.match').attributes).toMatchObject({
    'heed.command': 'lamp',
    'heed.completeness': 'closed',
  });
});

test('speech that is cut off by the client has a final reading', async () => {
  const spans = await spansOf(async (session) => {
    await session.push(say('turn on the lamp', { silenceMs: 0 }));
    await session.flush();
  });
  expect(treeOf(spans)).toMatchObject({ 'heed.utterance': { 'heed.final-reading': {}, 'heed.handler': {} } });
});

test('each utterance is a trace of its own, and one that is no command ends after its match', async () => {
  const spans = await spansOf(async (session) => {
    for (const phrase of ['turn off the lamp', 'what a lovely day'] as const) await session.push(say(phrase));
    await session.flush();
  });
  const utterances = spans.filter(({ name }) => name === 'heed.utterance');
  expect(utterances.map(({ attributes }) => attributes['heed.outcome'])).toEqual(['completed', 'unmatched']);
  expect(new Set(utterances.map((span) => span.spanContext().traceId)).size).toBe(2);
});

test('a typed phrase is an utterance too, and a handler that throws marks its span without its message', async () => {
  const spans = await spansOf((session) => session.say('break it'));
  expect(treeOf(spans)).toMatchObject({ 'heed.utterance': { 'heed.match': {}, 'heed.handler': {} } });
  const handler = named(spans, 'heed.handler');
  expect(handler.status).toEqual({ code: SpanStatusCode.ERROR });
  expect(handler.attributes).toEqual({ 'heed.command': 'broken', 'error.type': 'internal' });
  expect(handler.events).toEqual([]);
});

test('speech that was still going on ends with its session', async () => {
  const spans = await spansOf((session) => session.push(say('turn on the lamp', { silenceMs: 0 })));
  expect(named(spans, 'heed.utterance').attributes).toMatchObject({ 'heed.outcome': 'dropped' });
});

test('a session belongs to what opened it', async () => {
  const tracer = trace.getTracer('test');
  const spans = await tracer.startActiveSpan('request', async (request) => {
    const made = await spansOf((session) => session.say('turn on the lamp'));
    request.end();
    return made;
  });
  expect(named(spans, 'heed.session').parentSpanContext).toBeDefined();
  expect(named(spans, 'heed.utterance').parentSpanContext).toBeUndefined();
});

test('no span holds a word that was said', async () => {
  const spans = await spansOf(async (session) => {
    await session.push(say('turn on the lamp'));
    await session.push(say('what a lovely day'));
    await session.flush();
    await session.say('break it');
  });
  const text = JSON.stringify(
    spans.map(({ name, attributes, events, status, links }) => [name, attributes, events, status, links]),
  );
  expect(text).toContain('heed.handler');
  for (const said of ['turn on', 'lovely', 'break it']) expect(text).not.toContain(said);
});

test('without an SDK nothing is recorded and everything works', async () => {
  trace.disable();
  context.disable();
  const completed: string[] = [];
  const spans = await spansOf(async (session, heed) => {
    heed.on('command.completed', ({ command }) => completed.push(command));
    await session.push(say('turn on the lamp'));
    await session.flush();
  });
  expect([spans, completed]).toEqual([[], ['lamp']]);
});
