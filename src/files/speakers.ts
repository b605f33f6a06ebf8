import type { FileVoices, SpeakerCount } from '../speakers/index.ts';
import type { Word } from '../types.ts';
import { spansOf } from './sentences.ts';
import type { FileSegment } from './transcribe-file.ts';

export type { SpeakerCount };

/** Somebody speaks, ms since the start of the file. */
export interface SpeakerTurn {
  speaker: string;
  startMs: number;
  endMs: number;
}

/** How the voices of a file are told apart. */
export interface SpeakerOptions {
  voices: FileVoices;
  count: SpeakerCount;
  /** Gives those of some voices a name that are known, each name once; others are numbered. */
  nameVoices?: (voices: readonly Float32Array[]) => readonly (string | undefined)[];
  /** Names who is not known, by their place among those; default: speaker1, speaker2, … */
  label?: (index: number) => string;
}

/** Says who spoke when in a file that the voices have heard to its end. */
export async function speakerTurns({
  voices,
  count,
  nameVoices = () => [],
  label = (index) => `speaker${index + 1}`,
}: SpeakerOptions): Promise<SpeakerTurn[]> {
  const { turns, voices: heard } = await voices.finish(count);
  const known = nameVoices(heard);
  let others = 0;
  const names = heard.map((_, index) => known[index] ?? label(others++));
  return turns.map(({ speaker, start, end }) => ({
    speaker: names[speaker]!,
    startMs: 1000 * start,
    endMs: 1000 * end,
  }));
}

/** Gives each word its speaker, and cuts segments where another person goes on speaking. */
export function withSpeakers(segments: readonly FileSegment[], turns: readonly SpeakerTurn[]): FileSegment[] {
  const index = new TurnIndex(turns);
  return segments.flatMap((segment) => {
    if (segment.words.length === 0) return [{ ...segment, ...index.speakerOf(segment) }];
    const runs = joinShortRuns(runsOf(segment.words.map((word) => ({ ...word, ...index.speakerOf(word) }))));
    const spans = spansOf(segment.text, runs.flat());
    let to = 0;
    return runs.map((own) => {
      const from = to;
      to += own.length;
      const { speaker } = own[0]!;
      return {
        ...segment,
        startMs: own[0]!.startMs,
        endMs: own.at(-1)!.endMs,
        text: segment.text.slice(from === 0 ? 0 : spans[from], spans[to] ?? segment.text.length).trim(),
        words: own,
        ...(speaker === undefined ? {} : { speaker }),
      };
    });
  });
}

/** Less than this is no change of voice inside a sentence, but a boundary that lies a word beside it, ms. */
const leastRunMs = 400;

/** Cuts words where the speaker changes. */
function runsOf(words: readonly Word[]): Word[][] {
  const runs: Word[][] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last && last[0]!.speaker === word.speaker) last.push(word);
    else runs.push([word]);
  }
  return runs;
}

/** Gives short runs of a sentence to the longer one beside them. */
function joinShortRuns(runs: readonly Word[][]): Word[][] {
  const lengths = runs.map(lengthOf);
  const shortest = lengths.indexOf(Math.min(...lengths));
  if (runs.length < 2 || lengths[shortest]! >= leastRunMs) return [...runs];
  const isAfter = (lengths[shortest + 1] ?? -1) > (lengths[shortest - 1] ?? -1);
  const { speaker } = runs[isAfter ? shortest + 1 : shortest - 1]![0]!;
  const joined = runs.map((run, at) => (at === shortest ? run.map((word) => said(word, speaker)) : run));
  return joinShortRuns(runsOf(joined.flat()));
}

function lengthOf(run: readonly Word[]): number {
  return run.at(-1)!.endMs - run[0]!.startMs;
}

function said({ speaker: _was, ...word }: Word, speaker: string | undefined): Word {
  return speaker === undefined ? word : { ...word, speaker };
}

/** Stretches of this length are looked up together, ms. */
const cellMs = 10_000;

/** Finds who speaks at a time. */
class TurnIndex {
  readonly #turns: readonly SpeakerTurn[];
  readonly #cells = new Map<number, SpeakerTurn[]>();

  /** @param turns by their start */
  constructor(turns: readonly SpeakerTurn[]) {
    this.#turns = turns;
    for (const turn of turns)
      for (let cell = cellOf(turn.startMs); cell <= cellOf(turn.endMs); cell++)
        this.#cells.set(cell, [...(this.#cells.get(cell) ?? []), turn]);
  }

  /**
   * Returns who speaks most within a time, and whether somebody else speaks during half of it, too. If nobody does, it
   * is whoever speaks nearest to it.
   */
  speakerOf({ startMs, endMs }: Pick<SpeakerTurn, 'startMs' | 'endMs'>): Pick<Word, 'speaker' | 'isOverlap'> {
    const spoken = new Map<string, number>();
    for (let cell = cellOf(startMs); cell <= cellOf(endMs); cell++)
      for (const turn of this.#cells.get(cell) ?? []) {
        const [from, to] = [Math.max(startMs, turn.startMs, cell * cellMs), Math.min(endMs, turn.endMs)];
        const sharedMs = Math.min(to, (cell + 1) * cellMs) - from;
        if (sharedMs > 0) spoken.set(turn.speaker, (spoken.get(turn.speaker) ?? 0) + sharedMs);
      }
    const [first, second] = [...spoken].sort((a, b) => b[1] - a[1]);
    const speaker = first?.[0] ?? this.#nearest((startMs + endMs) / 2);
    return {
      ...(speaker === undefined ? {} : { speaker }),
      ...(second && second[1] >= (endMs - startMs) / 2 ? { isOverlap: true } : {}),
    };
  }

  #nearest(atMs: number): string | undefined {
    const awayMs = ({ startMs, endMs }: SpeakerTurn): number => Math.max(startMs - atMs, atMs - endMs, 0);
    let nearest = this.#turns[0];
    for (const turn of this.#turns) if (awayMs(turn) < awayMs(nearest!)) nearest = turn;
    return nearest?.speaker;
  }
}

function cellOf(ms: number): number {
  return Math.floor(ms / cellMs);
}
