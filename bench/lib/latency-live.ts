import type { HeedEvent } from '../../src/events/event.ts';
import type { Heed } from '../../src/index.ts';
import type { CommandMatch } from '../../src/types.ts';
import type { Outcome } from './latency-rows.ts';
import { LiveClient, Playback, type TimedEvent } from './live.ts';
import { processorTimeMs } from './process-run.ts';
import type { Speech } from './speeches.ts';

/** How long to wait for a result after the sound is over. */
const patienceMs = 5_000;

/** Whether these matches are what was said. */
export type Judge = (matches: Pick<CommandMatch, 'command' | 'args'>[]) => boolean;

/** Plays a clip to a running server in real time, and returns what became of it. */
export async function speakToHeed(
  heed: Heed,
  url: string,
  { samples, endSample }: Speech,
  judge: Judge,
): Promise<Outcome> {
  const client = await LiveClient.open(url);
  const usedMs = processorTimeMs(process.pid);
  const playback = new Playback(samples, (message) => client.send(message));
  const endMs = playback.recordedAtMs(endSample);
  await answered(
    playback,
    client.until(({ atMs, event }) => atMs >= endMs && isResult(event)),
  );
  await client.close();
  const cpuMs = processorTimeMs(process.pid) - usedMs;
  return { ...outcomeOf(client.events, { heed, endMs, judge }), cpuMs };
}

/** Whether a phrase has come to its end with this event. */
export function isResult({ type }: HeedEvent): boolean {
  return type === 'command.completed' || type === 'command.unmatched' || type === 'error';
}

/** Reads from the events of a session what became of a clip whose words end at a time. */
export function outcomeOf(
  events: readonly TimedEvent[],
  { heed, endMs, judge }: { heed: Heed; endMs: number; judge: Judge },
): Outcome {
  const matches = events.flatMap(({ atMs, event }) => (event.type === 'command.matched' ? [{ atMs, event }] : []));
  const last = matches.find(({ atMs }) => atMs >= endMs);
  const ends = events.flatMap(({ atMs, event }) => (event.type === 'speech.ended' ? [{ atMs, event }] : []));
  const ended = ends.find(({ event }) => event.segment_id === last?.event.segment_id);
  const finals = events.flatMap(({ event }) => (event.type === 'segment.final' ? [event] : []));
  const { timing, endpoint } = finals.find((final) => final.segment_id === last?.event.segment_id) ?? {};
  return {
    kind: matches[0] ? heed.understand(matches[0].event.phrase).completeness : 'none',
    ...(last ? { delayMs: last.atMs - endMs } : {}),
    ...(timing ? { silenceMs: timing['silence']!, waitedMs: timing['waited']!, readingMs: timing['inference']! } : {}),
    isEarly: ended?.event.reason === 'complete',
    ...(endpoint === undefined ? {} : { because: endpoint }),
    isRight: judge(matches.map(({ event }) => event)),
    isPremature: matches.some(({ atMs }) => atMs < endMs),
    isCut: ends.some(({ atMs, event }) => event.reason !== 'misfire' && atMs < endMs),
  };
}

/** Waits for the result until somewhat longer than the sound lasts, then stops the sound. */
export async function answered(playback: Playback, answer: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = playback.done.then(
    () =>
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patienceMs);
      }),
  );
  await Promise.race([answer, patience]);
  playback.stop();
  await playback.done;
  clearTimeout(timer);
}
