import { expect, test, vi } from 'vitest';
import { number } from '../../src/grammar/slots/index.ts';
import { defineCommand } from '../../src/registry/index.ts';
import { frameSamples, msToSamples } from '../../src/types.ts';
import type { Vad } from '../../src/vad/index.ts';
import { patient } from '../patience.ts';
import { CuttingProxy, seeded, type Cut } from './cutting-proxy.ts';
import { pcm, say, type Phrase } from './fake-ears.ts';
import { serve, type TestServer } from './harness.ts';
import { LineClient } from './line-client.ts';

vi.setConfig({ testTimeout: patient(60_000) });

const sessions = 8;
const cutsOfEach = 125;
const spoken: Phrase[] = ['turn on the lamp', 'turn off the lamp', 'what a lovely day'];
/** The most audio that a speaker is ahead of the server; the client itself keeps 30 s. */
const aheadSamples = msToSamples(5_000);

/** Everything that reaches the voice activity model, a list of frames for each stream. */
class Listener {
  readonly streams: { frames: Float32Array[]; onFrame: () => void }[] = [];

  readonly vad: Vad & { answerMs: number };

  constructor(heard: Vad) {
    this.vad = {
      answerMs: 0,
      openStream: () => {
        const inner = heard.openStream();
        const stream = { frames: [] as Float32Array[], onFrame: () => undefined as void };
        this.streams.push(stream);
        return {
          probability: (frame) => {
            stream.frames.push(frame.samples.slice());
            stream.onFrame();
            return inner.probability(frame);
          },
          close: () => inner.close(),
        };
      },
      close: async () => undefined,
    };
  }
}

function cutsOf(random: () => number): (before: number) => Cut | undefined {
  return (before) => {
    if (before >= cutsOfEach) return undefined;
    const side = random() < 0.5 ? 'up' : 'down';
    const kind = random();
    return {
      side,
      // Some of them fall into the handshake, most into what comes after it.
      afterBytes: Math.floor(random() ** 2 * (side === 'up' ? 40_000 : 4_000)),
      how: kind < 0.4 ? 'end' : kind < 0.8 ? 'reset' : 'half',
    };
  };
}

/** Whole frames of 16-bit audio with noise of its own, so that no two pieces of it are the same. */
function noisy(samples: Float32Array, random: () => number): Buffer {
  const whole = new Float32Array(Math.ceil(samples.length / frameSamples) * frameSamples);
  whole.set(samples);
  return pcm(whole.map((sample) => sample + 0.01 * (random() - 0.5)));
}

/** Returns frames as the 16-bit audio that they were. */
function bytesOf(frames: Float32Array[]): Buffer {
  return Buffer.concat(frames.map((frame) => pcm(frame.map((sample) => (sample * 32_768) / 32_767))));
}

/** One speaker whose connection is cut again and again. Returns what was said and what became of it. */
async function speaker(server: TestServer, seed: number, streamOf: (session: string) => Listener['streams'][number]) {
  const random = seeded(seed);
  await using proxy = await CuttingProxy.open(() => server.server.port, cutsOf(random));
  const client = new LineClient(
    () => `ws://127.0.0.1:${proxy.port}/v1/stream`,
    { token: server.token },
    { isEager: true },
  );
  const sent: Buffer[] = [];
  const phrases: Phrase[] = [];
  const counted: number[] = [];
  let painted = 0;
  let sentSamples = 0;
  const started = await client.event('session.started');
  const heard = streamOf(started.session_id);
  const isHeard = async (samples: number): Promise<void> => {
    while (heard.frames.length * frameSamples < samples) {
      await new Promise<void>((resolve) => {
        heard.onFrame = resolve;
      });
    }
  };
  const tell = async (message: Record<string, unknown>): Promise<void> => {
    while (!client.line.send(message)) await client.is('open');
  };
  for (let turn = 0; proxy.cuts < cutsOfEach; turn++) {
    const phrase = spoken[Math.floor(random() * spoken.length)]!;
    phrases.push(phrase);
    const parts = [say(phrase, { silenceMs: 64 }), new Float32Array(16_000)].map((part) => noisy(part, random));
    for (const bytes of parts) {
      sent.push(bytes);
      for (let at = 0; at < bytes.length;) {
        const piece = bytes.subarray(at, at + 2 * Math.ceil(random() * 2_000));
        client.line.sendAudio(Uint8Array.from(piece).buffer);
        at += piece.length;
        if (random() > 0.1) continue;
        counted.push(seed * 10_000 + counted.length);
        await tell({ type: 'say', text: `count ${counted.at(-1)}` });
      }
      sentSamples += bytes.length / 2;
      // Every other phrase is ended by its speaker, the rest by the silence that follows.
      if (bytes === parts[0] && turn % 2 === 0) client.line.sendOrKeep({ type: 'flush' });
    }
    await isHeard(sentSamples - aheadSamples);
    if (turn % 5 !== 4) continue;
    // Whatever was said before could call the question off.
    await isHeard(sentSamples);
    await client.event('segment.final', phrases.length - 1);
    await tell({ type: 'say', text: 'paint the wall' });
    const { prompt_id } = await client.event('prompt', painted++);
    await tell({ type: 'answer', prompt_id, text: 'red' });
    await client.until(() => client.all('command.completed').filter(({ command }) => command === 'paint')[painted - 1]);
  }
  await tell({ type: 'end' });
  await client.event('session.ended');
  client.line.close();
  return { client, started, heard, sent, phrases, counted, painted, cuts: proxy.cuts };
}

test('after 1,000 cuts at any byte, each sample, event and command has arrived once and in order', async () => {
  await using server = await serve({
    maxConnectionsPerMinute: 1_000_000,
    maxSessions: 10_000,
    maxHeldSessions: 10_000,
    maxRealTimeRate: 1_000_000,
    resumeMs: patient(60_000),
  });
  const listener = new Listener(server.ears.vad);
  server.loadVad.mockImplementation(() => listener.vad);
  const ran: number[] = [];
  server.heed.registry.add(
    'count',
    defineCommand({
      phrases: ['count {n}'],
      slots: { n: number({ min: 0, max: 1_000_000 }) },
      run: ({ args }) => void ran.push(args.n),
    }),
  );
  const published = new Map<string, string[]>();
  server.heed.bus.subscribe({}, ({ session_id, event_id }) => {
    published.set(session_id, [...(published.get(session_id) ?? []), event_id]);
  });

  // A session opens its stream just before it says that it has started.
  const streams = new Map<string, Listener['streams'][number]>();
  server.heed.on('session.started', ({ session_id }) => streams.set(session_id, listener.streams.at(-1)!));

  const results = await Promise.all(
    Array.from({ length: sessions }, (_, seed) => speaker(server, seed, (session) => streams.get(session)!)),
  );

  expect(results.reduce((sum, { cuts }) => sum + cuts, 0)).toBeGreaterThanOrEqual(1_000);
  for (const { client, started, heard, sent, phrases, counted, painted } of results) {
    expect(client.losses).toEqual([]);
    expect(client.all('error')).toEqual([]);
    const own = client.events.filter(({ session_id }) => session_id === started.session_id);
    expect(own.map(({ event_id }) => event_id)).toEqual(published.get(started.session_id));
    expect(own.map(({ seq }) => seq)).toEqual(own.map((_, index) => index));
    const common = client.events.filter(({ session_id }) => session_id === 'heed').map(({ event_id }) => event_id);
    expect(common).toEqual([...new Set(common)]);
    expect(client.all('segment.final').map(({ text }) => text)).toEqual(phrases);
    expect(ran.filter((n) => counted.includes(n))).toEqual(counted);
    expect(client.all('command.completed').filter(({ command }) => command === 'paint')).toHaveLength(painted);
    expect(bytesOf(heard.frames).equals(Buffer.concat(sent))).toBe(true);
  }
});
