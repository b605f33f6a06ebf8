import { assign } from './assignment.ts';
import { cosine } from './online-clustering.ts';
import { frameSeconds, Timeline, type Turn } from './timeline.ts';

/** A local speaker of a window: how surely it speaks in each frame, 0–255, and what it sounds like, if known. */
export interface WindowVoice {
  activity: Uint8Array;
  vector: Float32Array | undefined;
}

/** A window of a recording. */
export interface FileWindow {
  startSeconds: number;
  frames: number;
  voices: readonly WindowVoice[];
}

/** What is known of a recording when all of it has been heard. */
export interface HeardFile {
  /** By their start, and how many there are. */
  windows: Iterable<FileWindow>;
  /** What each person sounds like. */
  people: readonly Float32Array[];
  endSeconds: number;
  /** Who is surer than this to speak does. */
  tauActive: number;
}

/** How much it counts whom the windows around hear at the moments of a voice, compared with what it sounds like. */
const agreementWeight = 0.3;

/**
 * Says who speaks when. Each window is looked at twice: first, what its voices sound like tells who they are, and then
 * also whom the windows around hear at the same moments, which is all that tells it of a very short voice.
 */
export function findTurns({ windows, people, endSeconds, tauActive }: HeardFile): Turn[] {
  const [bySound, timeline] = [new Timeline(people.length), new Timeline(people.length)];
  const turns: Turn[] = [];
  const last: (Turn | undefined)[] = [];
  let until = 0;
  const takeUntil = (end: number): void => {
    for (const turn of timeline.turns(until, end, people.length, tauActive)) {
      const before = last[turn.speaker];
      if (before && turn.start - before.end < frameSeconds / 2) before.end = turn.end;
      else turns.push((last[turn.speaker] = { ...turn }));
    }
    until = end;
  };
  /** The windows that the first timeline has, and the second has not. */
  const between: FileWindow[] = [];
  const takeFirst = (): void => {
    const window = between.shift()!;
    takeUntil(window.startSeconds);
    add(timeline, window, identify(window, people, bySound));
  };
  for (const window of windows) {
    while (between[0] && endOf(between[0]) <= window.startSeconds) takeFirst();
    add(bySound, window, identify(window, people));
    between.push(window);
  }
  while (between.length > 0) takeFirst();
  takeUntil(endSeconds);
  return turns.sort((a, b) => a.start - b.start || a.speaker - b.speaker);
}

function endOf({ startSeconds, frames }: FileWindow): number {
  return startSeconds + frames * frameSeconds;
}

/**
 * Says which person each voice of a window is: two of them are one only where there are fewer people than voices. A
 * voice of which nothing is known is nobody's.
 */
function identify(
  { startSeconds, voices }: FileWindow,
  people: readonly Float32Array[],
  around?: Timeline,
): (number | undefined)[] {
  const first = Math.round(startSeconds / frameSeconds);
  const likenesses = voices.map(({ activity, vector }) =>
    people.map((person, number) => {
      const sound = vector ? cosine(vector, person) : 0;
      return (
        sound + (around ? agreementWeight * agreement(activity, (frame) => around.activity(first + frame, number)) : 0)
      );
    }),
  );
  const best = assign(likenesses.map((row) => row.map((likeness) => -likeness)));
  return voices.map((_, index) => {
    const row = likenesses[index]!;
    const found = best[index] ?? row.indexOf(Math.max(...row));
    return row[found] === 0 && people.length > 1 ? undefined : found;
  });
}

/** How surely a person is heard at the moments of a voice, 0–1. */
function agreement(activity: Uint8Array, at: (frame: number) => number): number {
  let [both, all] = [0, 0];
  for (const [frame, value] of activity.entries()) {
    both += value * at(frame);
    all += value;
  }
  return all > 0 ? both / all : 0;
}

function add(timeline: Timeline, { startSeconds, frames, voices }: FileWindow, found: (number | undefined)[]): void {
  const activity = new Map<number, Float32Array>();
  for (const [index, person] of found.entries()) {
    if (person === undefined) continue;
    const before = activity.get(person);
    activity.set(
      person,
      Float32Array.from(voices[index]!.activity, (value, frame) => Math.max(value / 255, before?.[frame] ?? 0)),
    );
  }
  timeline.add(startSeconds, frames, activity);
}
