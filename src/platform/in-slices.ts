/** How long the thread that serves every stream works at a time before others have their turn, ms. */
const sliceMs = 5;

/** The end of what was begun last; never rejects. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Does work that is divided into short steps, and lets whatever else waits have its turn between them. One work at a
 * time is done, in the order in which they were given, so that many together take no longer turns than one.
 */
export function inSlices<T>(steps: Iterator<unknown, T, undefined>): Promise<T> {
  const done = last.then(() => doAll(steps));
  last = done.catch(() => undefined);
  return done;
}

async function doAll<T>(steps: Iterator<unknown, T, undefined>): Promise<T> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const endMs = performance.now() + sliceMs;
    do {
      const { done, value } = steps.next();
      if (done === true) return value;
    } while (performance.now() < endMs);
  }
}
