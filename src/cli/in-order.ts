/** Works on up to `width` items at a time, and yields the results in the order of the items. */
export async function* inOrder<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  for (const item of items) {
    underWay.push(work(item));
    if (underWay.length >= Math.max(1, width)) yield await underWay.shift()!;
  }
  for (const result of underWay) yield await result;
}
