/**
 * Gives each row a column of its own so that the sum of the costs is the least, by the Hungarian method with
 * potentials. Returns the column of each row, undefined for a row that gets none because there are fewer columns.
 * @param costs rows × columns
 */
export function assign(costs: readonly (readonly number[])[]): (number | undefined)[] {
  const size = Math.max(costs.length, costs[0]?.length ?? 0);
  const cost = (row: number, column: number): number => costs[row]?.[column] ?? 0;
  // Rows and columns count from 1 here; column 0 holds the row that is being placed.
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    const slack = new Float64Array(size + 1).fill(Infinity);
    const isReached = new Uint8Array(size + 1);
    const previous = new Int32Array(size + 1);
    rowOf[0] = row;
    let column = 0;
    while (rowOf[column] !== 0) {
      isReached[column] = 1;
      const from = rowOf[column]!;
      let next = 0;
      slack[0] = Infinity;
      for (let to = 1; to <= size; to++) {
        if (isReached[to]) continue;
        const reduced = cost(from - 1, to - 1) - rowPotential[from]! - columnPotential[to]!;
        if (reduced < slack[to]!) {
          slack[to] = reduced;
          previous[to] = column;
        }
        if (slack[to]! < slack[next]!) next = to;
      }
      const step = slack[next]!;
      for (let to = 0; to <= size; to++) {
        if (isReached[to]) {
          rowPotential[rowOf[to]!]! += step;
          columnPotential[to]! -= step;
        } else {
          slack[to]! -= step;
        }
      }
      column = next;
    }
    for (; column !== 0; column = previous[column]!) rowOf[column] = rowOf[previous[column]!]!;
  }
  const columnOf = new Array<number | undefined>(costs.length).fill(undefined);
  for (let column = 1; column <= (costs[0]?.length ?? 0); column++) {
    if (rowOf[column]! <= costs.length) columnOf[rowOf[column]! - 1] = column - 1;
  }
  return columnOf;
}
