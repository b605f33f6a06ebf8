import { samplesToMs, sampleRateHz, type Word } from '../types.ts';

/** A stretch of silence, ms. */
interface Silence {
  fromMs: number;
  toMs: number;
}

/** Loudness is measured in steps of 10 ms. */
const stepSamples = sampleRateHz / 100;

/** The shortest pause between words. A shorter silence belongs to a stop consonant. */
const leastSilenceMs = 80;

/** Where the threshold of silence lies between the loudness of the background (0) and that of the speech (1), in dB. */
const silentShare = 0.3;

/**
 * The background is taken to be at most this much quieter than the speech, dB; in digital silence it is far quieter.
 */
const maxRangeDb = 60;

/** The shortest word, ms. */
const leastWordMs = 40;

/** A silence that is further than this from every boundary lies inside a word, ms. */
const maxDistanceMs = 400;

/**
 * Moves the edges of words to where there is sound. The decoder's attention shows where one word ends and the next
 * begins, but adds the pause between them to one or the other. Here each silence is assigned to the boundary that it
 * belongs to, in such a way that the boundaries move as little as possible in total.
 * @param words in order; their times are ms from the start of the samples
 */
export function fitWordsToSound(words: readonly Word[], samples: Float32Array): Word[] {
  const fitted = words.map((word) => ({ ...word }));
  const [first, last] = [fitted[0], fitted.at(-1)];
  if (!first || !last) return [];
  const totalMs = samplesToMs(samples.length);
  const silences = silencesOf(samples);
  const before = silences.find(({ fromMs }) => fromMs === 0);
  const after = silences.find(({ toMs }) => toMs >= totalMs - 10);
  if (before && before !== after) first.startMs = Math.max(first.startMs, before.toMs);
  if (after && after !== before && last.endMs > after.fromMs - maxDistanceMs) last.endMs = after.fromMs;
  const boundaries = fitted.slice(1).map(({ startMs }) => startMs);
  const inner = silences.filter((silence) => silence !== before && silence !== after);
  for (const [boundary, { fromMs, toMs }] of matchSilences(inner, boundaries)) {
    fitted[boundary]!.endMs = fromMs;
    fitted[boundary + 1]!.startMs = toMs;
  }
  return inOrder(fitted, totalMs);
}

/**
 * Finds the boundary that each silence belongs to, keeping both in order. It minimises the sum of the boundaries'
 * moves; a silence may be left out at the cost of its length.
 */
function matchSilences(silences: readonly Silence[], boundaries: readonly number[]): Map<number, Silence> {
  const columns = boundaries.length + 1;
  const cost = new Float64Array((silences.length + 1) * columns);
  const step = new Uint8Array(cost.length); // 0: leave the silence out, 1: match, 2: leave the boundary out
  silences.forEach(({ fromMs, toMs }, row) => {
    for (let column = 0; column < columns; column++) {
      const at = (row + 1) * columns + column;
      cost[at] = cost[at - columns]! + Math.min(maxDistanceMs, toMs - fromMs);
      if (column === 0) continue;
      const boundary = boundaries[column - 1]!;
      const skipped = cost[at - 1]!;
      const matched = cost[at - columns - 1]! + Math.max(fromMs - boundary, boundary - toMs, 0);
      const least = Math.min(cost[at], matched, skipped);
      step[at] = skipped === least ? 2 : matched === least ? 1 : 0;
      cost[at] = least;
    }
  });
  const matches = new Map<number, Silence>();
  for (let row = silences.length, column = columns - 1; row > 0;) {
    const taken = step[row * columns + column];
    if (taken === 1) matches.set(column - 1, silences[row - 1]!);
    if (taken !== 2) row--;
    if (taken !== 0) column--;
  }
  return matches;
}

function silencesOf(samples: Float32Array): Silence[] {
  const levels = levelsDb(samples);
  const sorted = Float64Array.from(levels).sort();
  const speech = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  const background = Math.max(sorted[Math.floor(sorted.length * 0.1)] ?? 0, speech - maxRangeDb);
  const threshold = background + silentShare * (speech - background);
  const silences: Silence[] = [];
  for (let from = 0; from < levels.length; from++) {
    let to = from;
    while (to < levels.length && levels[to]! < threshold) to++;
    const isAtEdge = from === 0 || to === levels.length;
    if (to > from && (isAtEdge || (to - from) * 10 >= leastSilenceMs))
      silences.push({ fromMs: from * 10, toMs: to * 10 });
    from = to;
  }
  return silences;
}

function levelsDb(samples: Float32Array): Float64Array {
  const levels = new Float64Array(Math.floor(samples.length / stepSamples));
  for (let step = 0; step < levels.length; step++) {
    let energy = 0;
    for (let at = step * stepSamples; at < (step + 1) * stepSamples; at++) energy += samples[at]! ** 2;
    levels[step] = 10 * Math.log10(energy / stepSamples + 1e-10);
  }
  return levels;
}

/** Gives each word a length, and makes sure that none begins before the word in front of it ends. */
function inOrder(words: Word[], totalMs: number): Word[] {
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index]!;
    const before = words[index - 1];
    word.startMs = Math.min(word.startMs, word.endMs - leastWordMs);
    if (before) before.endMs = Math.min(before.endMs, word.startMs);
  }
  let earliestMs = 0;
  for (const word of words) {
    word.startMs = Math.min(totalMs, Math.max(earliestMs, word.startMs));
    word.endMs = Math.min(totalMs, Math.max(word.startMs, word.endMs));
    earliestMs = word.endMs;
  }
  return words;
}
