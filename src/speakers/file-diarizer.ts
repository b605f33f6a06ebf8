import { sampleRateHz } from '../types.ts';
import { assign } from './assignment.ts';
import { GlobalClustering, type SpeakerCount } from './global-clustering.ts';
import { findLocalVoices, type LocalVoices } from './local-voices.ts';
import { localSpeakers, type NativeModels } from './native-models.ts';
import { cosine } from './online-clustering.ts';
import { SlidingWindow } from './sliding-window.ts';
import type { DiarizationOptions } from './stream-diarizer.ts';
import { frameSeconds, Timeline, type Turn } from './timeline.ts';

/** Who speaks when in a whole recording. */
export interface FileSpeakers {
  /** By their start; the speakers are numbered in the order in which they are first heard. */
  turns: readonly Turn[];
  /** What each speaker sounds like. */
  voices: readonly Float32Array[];
}

/** A local speaker of a window: how surely it speaks in each frame, and its number in the clustering, if any. */
interface WindowVoice {
  activity: Uint8Array;
  voice: number | undefined;
}

interface Window {
  startSeconds: number;
  frames: number;
  voices: readonly WindowVoice[];
}

/** Up to this distance, two groups of voices are one person. It belongs to the model of voices. */
const threshold = 0.6;
/** Who was heard alone for less than this is nobody of their own, seconds. */
const leastSeconds = 1;
/** How many groups of voices are kept at most. */
const mostGroups = 600;
/** A local speaker that is heard alone for less than this tells too little, seconds. */
const leastSoloSeconds = 0.1;

/**
 * Finds who speaks when in a recording of any length: windows that overlap by half, what each of their voices sounds
 * like, and at the end which of all these are the same person. About half a kilobyte is kept for a second of sound.
 */
export class FileDiarizer {
  readonly #models: NativeModels;
  readonly #options: DiarizationOptions;
  readonly #clustering = new GlobalClustering({ threshold, leastSeconds, mostGroups });
  readonly #windows: Window[] = [];
  readonly #window: SlidingWindow;
  /** Whether a window ended with the last sample. */
  #isLookedAt = true;

  constructor(models: NativeModels, options: DiarizationOptions) {
    this.#models = models;
    this.#options = options;
    const length = Math.round(options.durationSeconds * sampleRateHz);
    this.#window = new SlidingWindow({ length, step: Math.round(length / 2), first: length });
  }

  /** Takes the next samples, 16 kHz. */
  push(samples: Float32Array): void {
    if (samples.length === 0) return;
    this.#window.push(samples, () => this.#look());
    this.#isLookedAt = !this.#window.hasRest;
  }

  /** Says who spoke when, after all samples have been taken. */
  finish(count: SpeakerCount): FileSpeakers {
    if (!this.#isLookedAt) this.#look();
    const people = this.#clustering.people(count);
    return inOrder(this.#turns(people), people);
  }

  /** Looks at the window that ends here; the beginning of a short recording is a shorter one. */
  #look(): void {
    this.#isLookedAt = true;
    const { tauActive, durationSeconds } = this.#options;
    const { heard, samples } = this.#window;
    const local = findLocalVoices(this.#models, heard, this.#options, (greatest) => greatest >= tauActive);
    if (local.frames === 0) return;
    const seconds = heard.length / sampleRateHz;
    const active = Array.from({ length: localSpeakers }, (_, index) => ({
      activity: activityOf(local, index),
      vector: local.vectors[index],
      seconds: (soloFrames(local, index, tauActive) / local.frames) * seconds,
    })).filter(({ activity }) => activity.some((value) => value >= tauActive * 255));
    // Two windows look at each moment, so that half of it counts for each.
    const known = active.flatMap(({ vector, seconds: alone }) =>
      vector && alone >= leastSoloSeconds ? [{ vector, seconds: alone / 2 }] : [],
    );
    const numbers = this.#clustering.add(known);
    this.#windows.push({
      startSeconds: Math.max(0, samples / sampleRateHz - durationSeconds),
      frames: local.frames,
      voices: active.map(({ activity, vector, seconds: alone }) => ({
        activity,
        voice: vector && alone >= leastSoloSeconds ? numbers.shift() : undefined,
      })),
    });
  }

  #turns(people: readonly Float32Array[]): Turn[] {
    const { tauActive } = this.#options;
    const timeline = new Timeline(people.length);
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
    for (const { startSeconds, frames, voices } of this.#windows) {
      takeUntil(startSeconds);
      const activity = new Map<number, Float32Array>();
      for (const [index, person] of this.#assign(voices, people).entries()) {
        if (person === undefined) continue;
        const own = voices[index]!.activity;
        const before = activity.get(person);
        activity.set(
          person,
          Float32Array.from(own, (value, frame) => Math.max(value / 255, before?.[frame] ?? 0)),
        );
      }
      timeline.add(startSeconds, frames, activity);
    }
    takeUntil(this.#window.samples / sampleRateHz);
    return turns.sort((a, b) => a.start - b.start || a.speaker - b.speaker);
  }

  /**
   * Says which person each voice of a window is: two of them are one only where there are fewer people than voices. A
   * voice that tells too little is nobody's, unless there is only one person.
   */
  #assign(voices: readonly WindowVoice[], people: readonly Float32Array[]): (number | undefined)[] {
    const known = voices.flatMap(({ voice }) => voice ?? []);
    const similarities = known.map((voice) => people.map((person) => cosine(this.#clustering.vector(voice), person)));
    const best = assign(similarities.map((row) => row.map((similarity) => 1 - similarity)));
    const found = similarities.map((row, index) => best[index] ?? row.indexOf(Math.max(...row)));
    return voices.map(({ voice }) => (voice === undefined ? (people.length === 1 ? 0 : undefined) : found.shift()));
  }
}

/** Finds how surely a local speaker speaks in each frame, 0–255. */
function activityOf({ activity, frames }: LocalVoices, index: number): Uint8Array {
  return Uint8Array.from({ length: frames }, (_, frame) => Math.round(255 * activity[frame * localSpeakers + index]!));
}

/** Counts the frames in which only one local speaker is active. */
function soloFrames({ activity, frames }: LocalVoices, index: number, tauActive: number): number {
  let count = 0;
  for (let frame = 0; frame < frames; frame++) {
    const all = activity.subarray(frame * localSpeakers, (frame + 1) * localSpeakers);
    if (all[index]! > tauActive && all.filter((value) => value > tauActive).length === 1) count++;
  }
  return count;
}

/** Numbers the speakers in the order in which they are first heard; who is never heard is left out. */
function inOrder(turns: readonly Turn[], people: readonly Float32Array[]): FileSpeakers {
  const order = [...new Set(turns.map(({ speaker }) => speaker))];
  return {
    turns: turns.map((turn) => ({ ...turn, speaker: order.indexOf(turn.speaker) })),
    voices: order.map((speaker) => people[speaker]!),
  };
}
