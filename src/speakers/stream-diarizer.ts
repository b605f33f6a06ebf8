import { sampleRateHz } from '../types.ts';
import { assign } from './assignment.ts';
import { findLocalVoices, type LocalModels, type OverlapPenalty } from './local-voices.ts';
import { localSpeakers, type NativeModels } from './native-models.ts';
import { cosine, OnlineClustering, type ClusteringOptions } from './online-clustering.ts';
import { SlidingWindow } from './sliding-window.ts';
import { Timeline, type Turn } from './timeline.ts';

/** How a stream is diarized; diart's names. */
export interface DiarizationOptions extends ClusteringOptions, OverlapPenalty {
  /** The length of a window, and the time from one to the next, seconds. */
  durationSeconds: number;
  stepSeconds: number;
}

/** One more window of the stream was heard. */
export interface Heard {
  /** Where it ended, seconds since the stream began. */
  end: number;
  /** Who spoke in its last part, from the window before until its end. */
  speakers: readonly number[];
}

/** Who spoke within a part of the stream, as far as is known. */
export interface Who {
  turns: readonly Turn[];
  /** How like what is known of them they sounded when they were last heard, by speaker: a cosine, 0–1. */
  similarities: readonly (number | undefined)[];
}

/** How samples of a stream come. */
export interface PushedSamples {
  /** So late that no window ends with them. */
  isLate?: boolean;
  /** Whether there may be speech in them. */
  hasSpeech?: boolean;
}

/** Each window goes on for so much, so that the encoder need not look at anything twice, s. */
const encoderBlockSeconds = 0.5;

interface Early {
  clustering: OnlineClustering;
  names: readonly number[];
}

/** Follows who speaks in one stream: windows of 5 s every 0.5 s, whose voices are recognised from window to window. */
export class StreamDiarizer {
  readonly #segmentation: ReturnType<NativeModels['segmentation']['openStream']>;
  readonly #encoder: ReturnType<NativeModels['encoder']['openStream']>;
  readonly #options: DiarizationOptions;
  #clustering: OnlineClustering;
  #timeline: Timeline;
  /** The speakers of the stream by the numbers that the clustering gives them. */
  #names: number[] = [];
  /** How many speakers have been given a number; none is given twice, since events may have told it. */
  #speakers = 0;
  readonly #window: SlidingWindow;
  /** By speaker, when last heard. */
  readonly #similarities: (number | undefined)[] = [];
  /** What was known before the first window of full length, until its voices are compared with that. */
  #early: Early | undefined;
  /** Where the last samples end in which there may be speech. */
  #lastSpeech = -Infinity;
  /** Whether the stream has had a window of full length. */
  #isWhole = false;

  constructor(models: NativeModels, options: DiarizationOptions) {
    this.#segmentation = models.segmentation.openStream();
    this.#encoder = models.encoder.openStream(encoderBlockSeconds);
    this.#options = options;
    this.#clustering = new OnlineClustering(options);
    this.#timeline = new Timeline(2 * options.maxSpeakers);
    const step = Math.round(options.stepSeconds * sampleRateHz);
    this.#window = new SlidingWindow({
      length: Math.round(options.durationSeconds * sampleRateHz),
      step,
      first: step,
    });
  }

  /** How many speakers have been heard. */
  get speakers(): number {
    return this.#speakers;
  }

  /**
   * Takes the next samples, 16 kHz; returns the windows that ended with them. Late samples are kept, but no window ends
   * with them. The models do not look at windows without any speech.
   */
  push(samples: Float32Array, { isLate = false, hasSpeech = true }: PushedSamples = {}): Heard[] {
    const steps: Heard[] = [];
    if (hasSpeech) this.#lastSpeech = this.#window.samples + samples.length;
    this.#window.push(samples, () => {
      const { samples: end, heard } = this.#window;
      if (this.#lastSpeech <= end - heard.length) steps.push({ end: end / sampleRateHz, speakers: [] });
      else if (!isLate) steps.push(this.#step());
    });
    return steps;
  }

  /** Says who spoke within a part of the stream, after looking at what came since the last window, too. */
  who(startSeconds: number, endSeconds: number): Who {
    if (this.#window.hasRest && this.#timeline.end < endSeconds) this.#step();
    return { turns: this.turns(startSeconds, endSeconds), similarities: [...this.#similarities] };
  }

  /** Who spoke within a part of the stream, as far as the windows until now tell. */
  turns(startSeconds: number, endSeconds: number): Turn[] {
    return this.#timeline.turns(startSeconds, endSeconds, this.speakers, this.#options.tauActive);
  }

  #step(): Heard {
    const { durationSeconds, stepSeconds, tauActive } = this.#options;
    const end = this.#window.samples / sampleRateHz;
    if (this.#window.isFull && !this.#isWhole) this.#beginAgain();
    const { heard } = this.#window;
    const local = findLocalVoices(
      this.#modelsAt(this.#window.samples - heard.length),
      heard,
      this.#options,
      (greatest) => greatest >= tauActive,
    );
    const voices = local.frames === 0 ? [] : this.#clustering.identify(local);
    if (this.#early && this.#clustering.count > 0) this.#takeNames(this.#early);
    while (this.#names.length < this.#clustering.count) this.#names.push(this.#speakers++);
    const activity = new Map(
      voices.map(({ local: index, global }) => [
        this.#names[global]!,
        Float32Array.from({ length: local.frames }, (_, frame) => local.activity[frame * localSpeakers + index]!),
      ]),
    );
    for (const { global, similarity } of voices) this.#similarities[this.#names[global]!] = similarity;
    this.#timeline.add(Math.max(0, end - durationSeconds), local.frames, activity);
    return { end, speakers: [...new Set(this.turns(end - stepSeconds, end).map(({ speaker }) => speaker))] };
  }

  /** The models for a window that begins at a sample of the stream. */
  #modelsAt(start: number): LocalModels {
    return {
      segmentation: { run: (samples) => this.#segmentation(samples, start) },
      encoder: { vectorsOf: (samples, weights) => this.#encoder.vectorsOf(start, samples, weights) },
    };
  }

  /**
   * What was learnt of the voices from the short windows at the start is less than what the first whole one tells, so
   * that begins anew.
   */
  #beginAgain(): void {
    this.#isWhole = true;
    if (this.#clustering.count > 0) this.#early = { clustering: this.#clustering, names: this.#names };
    this.#clustering = new OnlineClustering(this.#options);
    this.#timeline = new Timeline(2 * this.#options.maxSpeakers);
    this.#names = [];
  }

  /** Voices that were known before keep their numbers. */
  #takeNames({ clustering, names }: Early): void {
    this.#early = undefined;
    const costs = Array.from({ length: this.#clustering.count }, (_, now) =>
      names.map((_name, before) => 1 - cosine(this.#clustering.centre(now)!, clustering.centre(before)!)),
    );
    this.#names = assign(costs).map((before) => (before === undefined ? this.#speakers++ : names[before]!));
  }
}
