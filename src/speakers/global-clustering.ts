import { Merging, type Cluster, type Conflict } from './merging.ts';

/** How many people may be found in a recording. */
export interface SpeakerCount {
  min: number;
  max: number;
}

/** A voice that was heard in one window. */
export interface HeardVoice {
  /** What it sounds like, of length 1. */
  vector: Float32Array;
  /** How long it was heard alone in the window, seconds; more than 0. */
  seconds: number;
}

/** When voices are taken for one person. */
export interface GlobalClusteringOptions {
  /** Up to this distance (`Merging`), two groups of voices are one person. */
  threshold: number;
  /** A group of voices that was heard alone for less than this is nobody of its own, seconds. */
  leastSeconds: number;
  /** How many windows there are at each moment. */
  windows: number;
  /** How many groups are kept at most; half as many are left when that many have come together. */
  mostGroups: number;
}

/**
 * Finds the people in all voices of a recording, which come window by window. Two voices of one window are most likely
 * two people. However many voices come, a limited number of groups is kept: the nearest are put together.
 */
export class GlobalClustering {
  readonly #options: GlobalClusteringOptions;
  #groups: Cluster[] = [];
  /** The group of each voice that came. */
  #groupOf: number[] = [];
  /** The voices of each window that has several, and for how long the shorter of two was heard. */
  readonly #together: Conflict[] = [];

  constructor(options: GlobalClusteringOptions) {
    this.#options = options;
  }

  /** How many groups are kept now. */
  get size(): number {
    return this.#groups.length;
  }

  /** Adds the voices of one window; returns their numbers. */
  add(voices: readonly HeardVoice[]): number[] {
    if (this.#groups.length + voices.length > this.#options.mostGroups) this.#condense();
    const numbers = voices.map(({ vector, seconds }) => {
      const group = { sum: vector.map((value) => value * seconds), seconds };
      return this.#groupOf.push(this.#groups.push(group) - 1) - 1;
    });
    for (const [i, one] of numbers.entries())
      for (const [j, other] of numbers.slice(0, i).entries())
        this.#together.push([one, other, Math.min(voices[i]!.seconds, voices[j]!.seconds)]);
    return numbers;
  }

  /** What a voice sounds like, together with those it was put together with. */
  vector(voice: number): Float32Array {
    return this.#groups[this.#groupOf[voice]!]!.sum;
  }

  /**
   * Finds the people, those who are heard longest first: what each of them sounds like.
   * @param windows how many windows there were at each moment, where a recording is so short that they were fewer
   */
  people({ min, max }: SpeakerCount, windows = this.#options.windows): Float32Array[] {
    const { threshold, leastSeconds } = this.#options;
    const isLong = (cluster: Cluster | undefined): boolean =>
      cluster !== undefined && cluster.seconds >= windows * leastSeconds;
    // How many people there are after each merge, and after which merge no other two are near enough.
    const counts: number[] = [];
    let fitting: number | undefined;
    const trial = this.#merging(windows);
    do {
      counts.push(trial.clusters.filter(isLong).length);
      if (trial.nearest > threshold) fitting ??= counts.length - 1;
    } while (trial.mergeNearest());
    let merges = fitting ?? counts.length - 1;
    if (counts[merges]! > max) merges = counts.findIndex((count, index) => index > merges && count <= max);
    else merges = Math.min(merges, Math.max(0, this.#groups.length - min));

    const merging = this.#merging(windows);
    for (let i = 0; i < merges; i++) merging.mergeNearest();
    const people = merging.clusters.filter((cluster) => cluster !== undefined).sort((a, b) => b.seconds - a.seconds);
    const long = people.filter(isLong).length;
    return people.slice(0, Math.min(max, Math.max(min, long, 1))).map(({ sum }) => sum);
  }

  #merging(windows: number): Merging {
    return new Merging(this.#groups, this.#conflicts(), { penalty: this.#options.threshold, windows });
  }

  #condense(): void {
    const merging = this.#merging(this.#options.windows);
    merging.mergeMany(Math.floor(this.#options.mostGroups / 2));
    const kept = [...merging.clusters.keys()].filter((number) => merging.clusters[number]);
    const places = new Map(kept.map((number, place) => [number, place]));
    this.#groups = kept.map((number) => merging.clusters[number]!);
    this.#groupOf = this.#groupOf.map((group) => places.get(merging.into(group))!);
  }

  *#conflicts(): Generator<Conflict> {
    for (const [one, other, seconds] of this.#together) {
      const [a, b] = [this.#groupOf[one]!, this.#groupOf[other]!];
      if (a !== b) yield [a, b, seconds];
    }
  }
}
