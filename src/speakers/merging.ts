import { cosine } from './online-clustering.ts';

/** Voices that are taken for one person: the sum of their vectors, and of the seconds they were heard alone. */
export interface Cluster {
  sum: Float32Array;
  seconds: number;
}

/** Two clusters that were heard in one window, and for how long, seconds. */
export type Conflict = readonly [one: number, other: number, seconds: number];

/** What makes clusters nearer or farther than they sound. */
export interface MergingOptions {
  /** Clusters that were heard together are farther apart by up to this. */
  penalty: number;
  /** How many windows there are at each moment, so that each second of a cluster was counted so many times. */
  windows: number;
}

/**
 * Merges clusters, the nearest first: the distance is one minus the cosine. Clusters that were heard together are
 * farther apart. What was heard for a short time is described less surely, so that it counts as nearer to all others.
 */
export class Merging {
  readonly #options: MergingOptions;
  readonly #clusters: (Cluster | undefined)[];
  /** The cosine between two clusters, and how long both were heard in one window. */
  readonly #cosines: Float32Array[];
  readonly #conflicts: Float32Array[];
  /** The nearest other cluster of each, and how far that is. */
  readonly #nearest: Int32Array;
  readonly #distances: Float32Array;
  /** Whether the nearest one was merged since: it is then at least so far away, and looked for when it matters. */
  readonly #isStale: Uint8Array;
  readonly #into: Int32Array;
  #count: number;

  constructor(clusters: readonly Cluster[], conflicts: Iterable<Conflict>, options: MergingOptions) {
    const size = clusters.length;
    this.#options = options;
    this.#clusters = clusters.map((cluster) => ({ ...cluster }));
    this.#count = size;
    this.#into = Int32Array.from({ length: size }, (_, i) => i);
    this.#conflicts = clusters.map(() => new Float32Array(size));
    for (const [one, other, seconds] of conflicts) {
      this.#conflicts[one]![other]! += seconds;
      this.#conflicts[other]![one]! += seconds;
    }
    this.#cosines = clusters.map(() => new Float32Array(size));
    for (let i = 0; i < size; i++)
      for (let j = 0; j < i; j++)
        this.#cosines[i]![j] = this.#cosines[j]![i] = cosine(clusters[i]!.sum, clusters[j]!.sum);
    this.#nearest = new Int32Array(size);
    this.#distances = new Float32Array(size);
    this.#isStale = new Uint8Array(size);
    for (let i = 0; i < size; i++) this.#findNearest(i);
  }

  /** How many clusters there are. */
  get count(): number {
    return this.#count;
  }

  /** The clusters, by the number of one of those they were made of; undefined where one went into another. */
  get clusters(): readonly (Cluster | undefined)[] {
    return this.#clusters;
  }

  /** The number of the cluster that the one of this number went into. */
  into(number: number): number {
    while (this.#into[number] !== number) number = this.#into[number]!;
    return number;
  }

  /** How far the nearest two clusters are apart; infinitely where there are no two. */
  get nearest(): number {
    const first = this.#first();
    return first < 0 ? Infinity : this.#distances[first]!;
  }

  /** Merges the nearest two clusters; returns false where there are no two. */
  mergeNearest(): boolean {
    const first = this.#first();
    if (first < 0) return false;
    this.#merge(first, this.#nearest[first]!);
    return true;
  }

  /**
   * Merges until so many clusters are left: the nearer half of all with their nearest at a time, which is quicker than
   * the nearest two of all at a time, and nearly the same. Where many have the same nearest, whose distance grows with
   * each that it takes, a bit more is allowed from time to time.
   */
  mergeMany(left: number): void {
    for (let slack = 0; this.#count > Math.max(1, left); slack += 0.02) {
      const numbers = [...this.#clusters.keys()].filter((number) => this.#clusters[number]);
      for (const number of numbers) if (this.#isStale[number]) this.#findNearest(number);
      const order = numbers.sort((a, b) => this.#distances[a]! - this.#distances[b]!);
      const most = slack + this.#distances[order[Math.floor(order.length / 2)]!]!;
      const pairs = order.map((number) => [number, this.#nearest[number]!] as const);
      for (const pair of pairs) {
        if (this.#count <= left) break;
        const [one, other] = [this.into(pair[0]), this.into(pair[1])];
        if (one !== other && Math.fround(this.#distance(one, other)) <= most) this.#merge(one, other);
      }
    }
  }

  /** One of the two clusters that are nearest to each other, -1 where there are no two. */
  #first(): number {
    if (this.#count < 2) return -1;
    for (;;) {
      let first = -1;
      for (let i = 0; i < this.#clusters.length; i++)
        if (this.#clusters[i] && (first < 0 || this.#distances[i]! < this.#distances[first]!)) first = i;
      if (!this.#isStale[first]) return first;
      this.#findNearest(first);
    }
  }

  #merge(kept: number, gone: number): void {
    const [a, b] = [this.#clusters[kept]!, this.#clusters[gone]!];
    const sum = a.sum.map((value, i) => value + b.sum[i]!);
    this.#clusters[kept] = { sum, seconds: a.seconds + b.seconds };
    this.#clusters[gone] = undefined;
    this.#into[gone] = kept;
    this.#count--;
    for (let i = 0; i < this.#clusters.length; i++) {
      const other = this.#clusters[i];
      if (!other || i === kept) continue;
      this.#cosines[kept]![i] = this.#cosines[i]![kept] = cosine(sum, other.sum);
      this.#conflicts[kept]![i]! += this.#conflicts[gone]![i]!;
      this.#conflicts[i]![kept] = this.#conflicts[kept]![i]!;
    }
    this.#findNearest(kept);
    for (let i = 0; i < this.#clusters.length; i++) {
      if (!this.#clusters[i] || i === kept) continue;
      const distance = this.#distance(i, kept);
      if (distance < this.#distances[i]!) {
        this.#nearest[i] = kept;
        this.#distances[i] = distance;
        this.#isStale[i] = 0;
      } else if (this.#nearest[i] === kept || this.#nearest[i] === gone) this.#isStale[i] = 1;
    }
  }

  #distance(one: number, other: number): number {
    const { penalty, windows } = this.#options;
    const shorter = Math.min(this.#clusters[one]!.seconds, this.#clusters[other]!.seconds);
    const share = Math.min(1, this.#conflicts[one]![other]! / shorter);
    return 1 - this.#cosines[one]![other]! + penalty * share - allowance(shorter / windows);
  }

  #findNearest(of: number): void {
    this.#distances[of] = Infinity;
    this.#isStale[of] = 0;
    for (let i = 0; i < this.#clusters.length; i++) {
      if (!this.#clusters[i] || i === of) continue;
      const distance = this.#distance(of, i);
      if (distance >= this.#distances[of]) continue;
      this.#nearest[of] = i;
      this.#distances[of] = distance;
    }
  }
}

/** How much nearer than it sounds a cluster counts: 0.1 for each halving of 4 s, at most 0.3. */
function allowance(seconds: number): number {
  return 0.1 * Math.min(3, Math.max(0, Math.log2(4 / seconds)));
}
