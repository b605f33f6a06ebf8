// Unexpected values for all kinds of arguments, the same in each run.

/** Makes numbers from 0 to 1 with a linear congruential generator. */
export function createRandom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

export function pick(random, items) {
  return items[Math.floor(random() * items.length)];
}

const kinds = [
  () => undefined,
  () => null,
  (random) => random() < 0.5,
  (random) => pick(random, [0, -0, -1, 1, 1.5, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 32, 2 ** 53, 1e300]),
  (random) => 'x'.repeat(Math.floor(random() * 100)),
  () => '\u0000\ud800',
  () => Symbol('x'),
  () => 10n ** 30n,
  () => ({}),
  () => Object.create(null),
  () => () => {},
  () => new Date(NaN),
  () => new Proxy([], {}),
  () => new Proxy({}, {}),
  () => new Array(4294967295),
  () => Promise.resolve(),
  (random) => new Float32Array(Math.floor(random() * 700)),
  (random) => new Uint8Array(Math.floor(random() * 700)),
  () => new Float64Array(576),
  () => new DataView(new ArrayBuffer(8)),
  () => new ArrayBuffer(2304),
  () => new Float32Array(new SharedArrayBuffer(2304)),
  (random) => [garbage(random), garbage(random)],
  (random) => ({ id: garbage(random), words: garbage(random), length: garbage(random) }),
];

export function garbage(random) {
  return pick(random, kinds)(random);
}
