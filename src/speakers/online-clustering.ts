import { assign } from './assignment.ts';
import type { LocalVoices } from './local-voices.ts';
import { localSpeakers } from './native-models.ts';

/** diart's names and defaults, but for `delta_new`, which depends on the model of voices. */
export interface ClusteringOptions {
  /** A local speaker whose greatest activity is less does not speak at all (diart: tau_active). */
  tauActive: number;
  /** A voice that is heard for less than this share of a window changes nothing about what is known (rho_update). */
  rhoUpdate: number;
  /** A voice that is farther than this from all known ones is a new one: cosine distance (delta_new). */
  deltaNew: number;
  maxSpeakers: number;
}

/** A local speaker's place in the stream. */
export interface Assignment {
  local: number;
  global: number;
  /** How near the voice is to what is known of it: the cosine, 0–1; undefined where there was too little to tell. */
  similarity: number | undefined;
}

/**
 * Recognises the voices of one window after the other in a stream (diart's constrained incremental clustering): two
 * voices of a window are never the same speaker, what is heard for long enough improves what is known of its speaker,
 * and what is far from everybody is somebody new.
 */
export class OnlineClustering {
  readonly #options: ClusteringOptions;
  /** The sums of what was heard of each speaker. */
  readonly #centres: Float32Array[] = [];

  constructor(options: ClusteringOptions) {
    this.#options = options;
  }

  /** How many speakers are known. */
  get count(): number {
    return this.#centres.length;
  }

  /** The sum of what was heard of a speaker. */
  centre(speaker: number): Float32Array | undefined {
    return this.#centres[speaker];
  }

  /** Says which speakers of the stream the local ones are. One that can be nobody is left out. */
  identify({ activity, frames, vectors }: LocalVoices): Assignment[] {
    const { tauActive, rhoUpdate, deltaNew, maxSpeakers } = this.#options;
    const active: number[] = [];
    const long = new Set<number>();
    for (let local = 0; local < localSpeakers; local++) {
      let [most, sum] = [0, 0];
      for (let i = local; i < activity.length; i += localSpeakers) {
        most = Math.max(most, activity[i]!);
        sum += activity[i]!;
      }
      if (most >= tauActive && vectors[local]) active.push(local);
      if (sum / frames >= rhoUpdate) long.add(local);
    }
    const isFirst = this.#centres.length === 0;
    const similarities = active.map((local) => this.#centres.map((centre) => cosine(vectors[local]!, centre)));
    const best = assign(similarities.map((row) => row.map((value) => 1 - value)));
    const found: Assignment[] = [];
    const missed: number[] = [];
    for (const [row, local] of active.entries()) {
      const global = best[row];
      const similarity = global === undefined ? undefined : similarities[row]![global]!;
      if (global === undefined || 1 - similarity! >= deltaNew) missed.push(row);
      else found.push({ local, global, similarity });
    }
    for (const { local, global } of found) if (long.has(local)) addTo(this.#centres[global]!, vectors[local]!);
    for (const row of missed) {
      const local = active[row]!;
      // Whoever is heard first is somebody, for however short a time.
      if ((long.has(local) || isFirst) && this.#centres.length < maxSpeakers) {
        found.push({ local, global: this.#centres.push(vectors[local]!.slice()) - 1, similarity: 1 });
        continue;
      }
      // It cannot be somebody new, so it is the nearest of those who are not yet in this window.
      const free = (similarities[row] ?? [])
        .map((similarity, global) => ({ global, similarity }))
        .filter(({ global }) => !found.some((other) => other.global === global))
        .sort((a, b) => b.similarity - a.similarity)[0];
      if (free) found.push({ local, ...free });
    }
    return found;
  }
}

/** The cosine between two vectors. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [product, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa > 0 && bb > 0 ? product / Math.sqrt(aa * bb) : 0;
}

function addTo(sum: Float32Array, vector: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!;
}
