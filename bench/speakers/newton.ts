/** Something of a known kind, described in numbers, and how much it counts. */
export interface Weighed {
  values: readonly number[];
  isPositive: boolean;
  weight: number;
}

const steps = 30;
/** How strongly weights are pulled towards 0, so that there is always a best one. */
const pull = 1e-4;

/** Fits the weights of a logistic curve by Newton's method. */
export function fitCurve(examples: readonly Weighed[]): number[] {
  const count = examples[0]!.values.length;
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const weights = new Array<number>(count).fill(0);
  for (let step = 0; step < steps; step++) {
    const slope = weights.map((weight) => pull * weight);
    const bend = weights.map((_, row) => weights.map((_weight, column) => (row === column ? pull : 0)));
    for (const { values, isPositive, weight } of examples) {
      const chance = 1 / (1 + Math.exp(-values.reduce((sum, value, i) => sum + value * weights[i]!, 0)));
      const [error, spread] = [chance - (isPositive ? 1 : 0), chance * (1 - chance)].map(
        (value) => (value * weight) / total,
      ) as [number, number];
      for (let i = 0; i < count; i++) {
        slope[i]! += error * values[i]!;
        for (let j = 0; j < count; j++) bend[i]![j]! += spread * values[i]! * values[j]!;
      }
    }
    for (const [i, change] of solve(bend, slope).entries()) weights[i]! -= change;
  }
  return weights;
}

/** Solves a few linear equations by elimination. */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let pivot = 0; pivot < rows.length; pivot++) {
    const best = rows.slice(pivot).reduce((a, b) => (Math.abs(b[pivot]!) > Math.abs(a[pivot]!) ? b : a));
    rows.splice(rows.indexOf(best), 1);
    rows.splice(pivot, 0, best);
    for (const [i, row] of rows.entries()) {
      if (i === pivot) continue;
      const factor = row[pivot]! / best[pivot]!;
      for (let column = pivot; column < row.length; column++) row[column]! -= factor * best[column]!;
    }
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}
