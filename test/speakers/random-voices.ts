/** Random voices that are the same for each seed. */
export class Rng {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A voice of a person, of length 1, in a space of 64 numbers in which the people are at right angles. */
  voice(who: number, noise: number): Float32Array {
    const vector = new Float32Array(64);
    for (let i = 0; i < vector.length; i++) vector[i] = (noise * this.#normal()) / Math.sqrt(vector.length);
    vector[who]! += 1;
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  }

  #normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.#next();
    return sum;
  }

  #next(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#state / 2 ** 32;
  }
}
