// The client process of the bench streams, started with fork(): many real-time microphones, each with a socket of its
// own.
import { decodeWholeFile } from '../../src/audio/decode-file.ts';
import { msToSamples } from '../../src/types.ts';
import { delay, LiveClient } from './live.ts';
import { orderSchema, type News, type Order } from './microphone-messages.ts';
import { createRandom } from './random.ts';
import { percentile } from './statistics.ts';

const messageMs = 32;
/** How long to wait for final readings after the last phrase. */
const drainMs = 8_000;
const tickMs = 4;

interface Microphone {
  client: LiveClient;
  startMs: number;
  sent: number;
  /** The messages of its speech that have not been sent yet. */
  speech: Float32Array[];
  /** When the microphone speaks next, in ms of `performance.now()`. */
  speaksAtMs: number;
}

const microphones: Microphone[] = [];
const clips: Float32Array[][] = [];
let ticking: NodeJS.Timeout | undefined;
let speechShare = 0;
let isSpeaking = false;
let phrases = 0;
const lateMs: number[] = [];
const random = createRandom('microphones');
/** The sound of a quiet room. */
const quiet = Array.from({ length: 16 }, () =>
  Float32Array.from({ length: msToSamples(messageMs) }, () => (random() - 0.5) * 4e-4),
);

process.on('message', (message) => {
  const order = orderSchema.parse(message);
  const work =
    order.type === 'connect' ? connect(order) : order.type === 'disconnect' ? disconnect() : speak(order.seconds);
  work.catch((error: unknown) => tell({ type: 'refused', message: (error as Error).message }));
});

async function connect(order: Extract<Order, { type: 'connect' }>): Promise<void> {
  speechShare = order.speechShare;
  for (const path of order.clips.slice(clips.length)) clips.push(toMessages(await decodeWholeFile(path)));
  ticking ??= setInterval(tick, tickMs);
  for (let n = 0; n < order.streams; n++) {
    const client = await LiveClient.open(order.pageUrl);
    // The microphones are spread evenly over the length of a message.
    microphones.push({
      client,
      startMs: performance.now() - messageMs * random(),
      sent: 0,
      speech: [],
      speaksAtMs: Infinity,
    });
  }
  tell({
    type: 'connected',
    startedAtMs: Object.fromEntries(
      microphones.map(({ client, startMs }) => [client.events[0]!.event.session_id, performance.timeOrigin + startMs]),
    ),
  });
}

async function disconnect(): Promise<void> {
  const leaving = microphones.splice(0);
  await Promise.all(leaving.map(({ client }) => client.close()));
  tell({ type: 'disconnected' });
}

async function speak(seconds: number): Promise<void> {
  const nowMs = performance.now();
  for (const microphone of microphones) microphone.speaksAtMs = nowMs + periodMs() * random();
  isSpeaking = true;
  lateMs.length = 0;
  await delay(seconds * 1000);
  isSpeaking = false;
  tell({ type: 'spoken' });
  const answers = (): number =>
    microphones.reduce((sum, { client }) => sum + client.of('segment.final').length + client.of('error').length, 0);
  for (const endMs = performance.now() + drainMs; performance.now() < endMs && answers() < phrases;) await delay(100);
  const finals = microphones
    .flatMap(({ client, startMs }) =>
      client.of('segment.final').map(({ atMs, event }) => ({ atMs, lateMs: atMs - startMs - event.end * 1000 })),
    )
    .sort((a, b) => a.atMs - b.atMs);
  const errors = microphones.flatMap(({ client }) => client.of('error'));
  const busy = errors.filter(({ event }) => event.code === 'busy').length;
  tell({
    type: 'done',
    phrases,
    finals: finals.length,
    busy,
    errors: errors.length - busy,
    ...answered(),
    finalMs: finals.map(({ lateMs }) => lateMs),
    lateP99Ms: percentile(lateMs, 0.99),
  });
  process.disconnect();
  process.exit();
}

/** Counts the stretches of speech that heed noticed, and those that it has told nothing of since. */
function answered(): { segments: number; unanswered: number } {
  const events = microphones.flatMap(({ client }) => client.events.map(({ event }) => event));
  const noticed = new Set<string>();
  for (const event of events) if (event.type === 'speech.started') noticed.add(event.segment_id);
  for (const event of events)
    if (event.type === 'speech.ended' && event.reason === 'misfire') noticed.delete(event.segment_id);
  const segments = noticed.size;
  for (const event of events)
    if (event.type === 'segment.final' || event.type === 'error') noticed.delete(event.segment_id ?? '');
  return { segments, unanswered: noticed.size };
}

/** The time from one phrase of a microphone to the next, so that it speaks for its share of the time. */
function periodMs(): number {
  const meanMs = (clips.reduce((sum, clip) => sum + clip.length, 0) / clips.length) * messageMs;
  return meanMs / speechShare;
}

/** Sends everything that has been recorded since the last tick. */
function tick(): void {
  const nowMs = performance.now();
  for (const microphone of microphones) {
    for (let dueMs = dueAtMs(microphone); dueMs <= nowMs; dueMs = dueAtMs(microphone)) {
      if (isSpeaking && dueMs >= microphone.speaksAtMs && microphone.speech.length === 0) {
        microphone.speech = [...clips[Math.floor(random() * clips.length)]!];
        microphone.speaksAtMs += periodMs();
        phrases++;
      }
      microphone.client.send(microphone.speech.shift() ?? quiet[microphone.sent % quiet.length]!);
      microphone.sent++;
      if (isSpeaking) lateMs.push(performance.now() - dueMs);
    }
  }
}

function dueAtMs({ startMs, sent }: Microphone): number {
  return startMs + (sent + 1) * messageMs;
}

function toMessages(samples: Float32Array): Float32Array[] {
  const length = msToSamples(messageMs);
  return Array.from({ length: Math.floor(samples.length / length) }, (_, n) =>
    samples.slice(n * length, (n + 1) * length),
  );
}

function tell(news: News): void {
  process.send?.(news);
}
