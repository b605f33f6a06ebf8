/**
 * What it costs to be watched: the spans of an utterance while no SDK is registered, and the metrics of its events and
 * readings. It needs no recordings. Given as CPU time of the process for each utterance.
 */
import { EventBus, type EventBody } from '../src/events/index.ts';
import { Metrics } from '../src/protocols/metrics/metrics.ts';
import type { ServerContext } from '../src/server/context.ts';
import { SessionSpans } from '../src/spans/index.ts';
import type { ReadingListener } from '../src/transcribe/watched-transcriber.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { median } from './lib/statistics.ts';

const utterances = 20_000;

/** The events of one spoken command. */
function eventsOf(segment_id: string): EventBody[] {
  const place = { segment_id, start: 0, end: 1 };
  const command = { segment_id, command: 'lamp', args: {} };
  return [
    { type: 'speech.started', segment_id, start: 0 },
    { type: 'speech.ended', ...place, reason: 'silence' },
    {
      type: 'segment.final',
      ...place,
      duration: 1,
      text: 'turn on the lamp',
      is_final: true,
      speech_final: true,
      confidence: 1,
      language: 'en',
      words: [],
      no_speech: 0,
      timing: { silence: 96, waited: 40 },
    },
    { type: 'command.matched', ...command, phrase: 'turn on the lamp', score: 1, via: 'exact', candidates: [] },
    { type: 'command.completed', ...command, can_undo: false, duration_ms: 1 },
  ];
}

/** Returns the CPU time of one utterance, µs: the median of five runs. */
function cost(utterance: (segment: string) => void): number {
  const run = (): number => {
    const before = process.cpuUsage();
    for (let n = 0; n < utterances; n++) utterance(`segment-${n}`);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / utterances;
  };
  run();
  return median(Array.from({ length: 5 }, run));
}

function benchSpans(): number {
  const spans = new SessionSpans('session');
  return cost((segment) => {
    for (const event of eventsOf(segment)) spans.event(event);
    spans.of(segment)?.reading('early', Promise.reject(new Error('There is no SDK.')));
    void spans.interpret(segment, async () => undefined);
  });
}

function benchEvents(isMeasured: boolean): number {
  const bus = new EventBus({ log: () => undefined });
  let listener: ReadingListener = () => undefined;
  const gateway = {
    bus,
    registry: { get: () => ({}) },
    watchReadings: (added: ReadingListener) => {
      listener = added;
      return () => undefined;
    },
  };
  if (isMeasured) new Metrics({ gateway, now: () => performance.now() } as unknown as ServerContext);
  return cost((segment) => {
    for (const event of eventsOf(segment)) bus.publish('session', event);
    listener({ kind: 'early', outcome: 'read', tookMs: 100 });
  });
}

await runBench('watch', async ({ report }: Bench) => {
  const making = cost((segment) => void eventsOf(segment));
  const published = benchEvents(false);
  const figures: [string, number][] = [
    ['spans without an SDK', benchSpans() - making],
    ['metrics', benchEvents(true) - published],
    ['events themselves', published - making],
  ];
  for (const [what, value] of figures)
    report.add({
      identity: { what },
      n: utterances,
      values: [{ metric: 'each utterance', value, unit: 'CPU µs' }],
    });
});
