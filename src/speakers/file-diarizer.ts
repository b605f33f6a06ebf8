import { sampleRateHz } from '../types.ts';
import { blockSamples } from './file-encoder.ts';
import { findTurns, type FileWindow } from './file-turns.ts';
import { GlobalClustering, type SpeakerCount } from './global-clustering.ts';
import { findLocalVoices, type LocalVoices } from './local-voices.ts';
import { localSpeakers, type NativeModels } from './native-models.ts';
import { SlidingWindow } from './sliding-window.ts';
import type { DiarizationOptions } from './stream-diarizer.ts';
import { frameSeconds, type Turn } from './timeline.ts';

/** Who speaks when in a whole recording. */
export interface FileSpeakers {
  /** By their start; the speakers are numbered in the order in which they are first heard. */
  turns: readonly Turn[];
  /** What each speaker sounds like. */
  voices: readonly Float32Array[];
}

/** A window, and the numbers that its voices have in the clustering; undefined where there is too little to tell. */
interface Window {
  start: number;
  frames: number;
  voices: readonly { activity: Uint8Array; number: number | undefined }[];
}

/** Up to this distance, two groups of voices are one person. It belongs to the model of voices. */
const threshold = 0.4;
/** Who was heard alone for less than this is nobody of their own, seconds. */
const leastSeconds = 0.5;
/** How many groups of voices are kept at most. */
const mostGroups = 600;

/**
 * Finds who speaks when in a recording of any length: the windows of a stream, what each of their voices sounds like,
 * and at the end which of all these are the same person. About a kilobyte is kept for a second of sound.
 */
export class FileDiarizer {
  readonly #segmentation: ReturnType<NativeModels['segmentation']['openStream']>;
  readonly #encoder: ReturnType<NativeModels['encoder']['openFile']>;
  readonly #options: DiarizationOptions;
  readonly #clustering: GlobalClustering;
  readonly #windows: Window[] = [];
  /** The blocks of the encoder that the windows are in which end in the last one. */
  readonly #heard: SlidingWindow;
  /** The length of a window and the time from one to the next, samples. */
  readonly #length: number;
  readonly #step: number;
  /** Where the next window begins, and where the last one ended, samples. */
  #next = 0;
  #end = 0;

  constructor(models: NativeModels, options: DiarizationOptions) {
    this.#segmentation = models.segmentation.openStream();
    this.#encoder = models.encoder.openFile();
    this.#options = options;
    this.#length = Math.round(options.durationSeconds * sampleRateHz);
    this.#step = Math.round(options.stepSeconds * sampleRateHz);
    const windows = this.#length / this.#step;
    this.#clustering = new GlobalClustering({ threshold, leastSeconds, windows, mostGroups });
    const length = (Math.ceil(this.#length / blockSamples) + 1) * blockSamples;
    this.#heard = new SlidingWindow({ length, step: blockSamples, first: blockSamples });
  }

  /** Takes the next samples, 16 kHz. */
  push(samples: Float32Array): void {
    this.#heard.push(samples, () => this.#lookAtWhole());
  }

  /** Says who spoke when, after all samples have been taken. */
  finish(count: SpeakerCount): FileSpeakers {
    this.#lookAtWhole();
    const { samples } = this.#heard;
    if (this.#end < samples) this.#look(Math.max(0, samples - this.#length));
    // Fewer windows than usual look at the beginning and the end, which matters where there is little else.
    const windows = Math.max(1, (this.#windows.length * this.#length) / Math.max(samples, this.#length));
    const people = this.#clustering.people(count, windows);
    const { tauActive } = this.#options;
    const endSeconds = samples / sampleRateHz;
    return inOrder(findTurns({ windows: this.#fileWindows(), people, endSeconds, tauActive }), people);
  }

  /** Looks at the windows that have been heard to their end. */
  #lookAtWhole(): void {
    for (; this.#next + this.#length <= this.#heard.samples; this.#next += this.#step) this.#look(this.#next);
  }

  /** Looks at the window that begins at a sample; a short recording is a shorter one. */
  #look(start: number): void {
    const { tauActive } = this.#options;
    const { heard: samples } = this.#heard;
    const heard = { start: this.#heard.samples - samples.length, samples };
    const window = { start, samples: samples.subarray(start - heard.start, start - heard.start + this.#length) };
    this.#end = start + window.samples.length;
    const models = {
      segmentation: { run: () => this.#segmentation(window.samples, start) },
      encoder: {
        vectorsOf: (_: Float32Array, weights: readonly Float32Array[]) =>
          this.#encoder.vectorsOf(heard, window, weights),
      },
    };
    const local = findLocalVoices(models, window.samples, this.#options, (greatest) => greatest >= tauActive);
    const voices = Array.from({ length: localSpeakers }, (_, index) => ({
      activity: activityOf(local, index),
      vector: local.vectors[index],
      seconds: soloFrames(local, index, tauActive) * frameSeconds,
    })).filter(({ activity }) => activity.some((value) => value >= tauActive * 255));
    const known = voices.flatMap(({ vector, seconds }) => (vector && seconds > 0 ? [{ vector, seconds }] : []));
    const numbers = this.#clustering.add(known);
    this.#windows.push({
      start,
      frames: local.frames,
      voices: voices.map(({ activity, vector, seconds }) => ({
        activity,
        number: vector && seconds > 0 ? numbers.shift() : undefined,
      })),
    });
  }

  *#fileWindows(): Generator<FileWindow> {
    for (const { start, frames, voices } of this.#windows)
      yield {
        startSeconds: start / sampleRateHz,
        frames,
        voices: voices.map(({ activity, number }) => ({
          activity,
          vector: number === undefined ? undefined : this.#clustering.vector(number),
        })),
      };
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
