import type { Turn } from '../speakers/index.ts';

/** Speech of less than this does not make a change of voice, seconds: a short sound of somebody else, or a mistake. */
const minPartSeconds = 0.4;
/** How finely it is looked at who speaks, seconds. */
const stepSeconds = 0.02;

/** Returns who speaks most within a part of a stream; undefined when nobody does. */
export function mainSpeaker(turns: readonly Turn[], start: number, end: number): number | undefined {
  const seconds = secondsBySpeaker(turns, start, end);
  return [...seconds].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Returns who speaks a word, and whether somebody else speaks during half of it, too. */
export function speakerBetween(
  turns: readonly Turn[],
  start: number,
  end: number,
): { speaker: number | undefined; isOverlap: boolean } {
  const [first, second] = [...secondsBySpeaker(turns, start, end)].sort((a, b) => b[1] - a[1]);
  return { speaker: first?.[0], isOverlap: second !== undefined && second[1] >= (end - start) / 2 };
}

/**
 * Returns the moments within a part of a stream at which another person goes on speaking, seconds. Where both speak at
 * once, the one who spoke before goes on.
 */
export function cutPoints(turns: readonly Turn[], start: number, end: number): number[] {
  const runs: { speaker: number; start: number; end: number }[] = [];
  for (let at = start; at < end; at += stepSeconds) {
    const active = turns.filter((turn) => turn.start <= at && at < turn.end).map(({ speaker }) => speaker);
    const last = runs.at(-1);
    if (last && active.includes(last.speaker)) last.end = at + stepSeconds;
    else if (active.length > 0) runs.push({ speaker: active[0]!, start: at, end: at + stepSeconds });
  }
  const long: typeof runs = [];
  for (const run of runs) {
    if (run.end - run.start < minPartSeconds) continue;
    const last = long.at(-1);
    if (last?.speaker === run.speaker) last.end = run.end;
    else long.push(run);
  }
  return long.slice(1).map((run, i) => (long[i]!.end + run.start) / 2);
}

function secondsBySpeaker(turns: readonly Turn[], start: number, end: number): Map<number, number> {
  const seconds = new Map<number, number>();
  for (const turn of turns) {
    const shared = Math.min(end, turn.end) - Math.max(start, turn.start);
    if (shared > 0) seconds.set(turn.speaker, (seconds.get(turn.speaker) ?? 0) + shared);
  }
  return seconds;
}
