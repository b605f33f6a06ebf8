/** Something of a known kind, described in numbers. */
export interface Example {
  /** Each group counts as much as any other, and the positive examples of a group as much as its negative ones. */
  group: string;
  isPositive: boolean;
  values: ReadonlyMap<string, number>;
}

/** What is decided before the fit. */
export interface FitOptions {
  fixed: Readonly<Record<string, number>>;
  /** All other weights are at most 0, because their signs speak against a command. */
  mayBePositive: ReadonlySet<string>;
}

const steps = 4_000;
const rate = 0.5;
const momentum = 0.9;
/** How strongly weights are pulled towards 0: as strongly as this many examples of average weight would pull. */
const pull = 2;

/** Fits the weights of a logistic curve by gradient descent on standardised values. */
export function fitLogistic(
  examples: readonly Example[],
  { fixed, mayBePositive }: FitOptions,
): { constant: number; weights: [string, number][] } {
  const names = [...(examples[0]?.values.keys() ?? [])];
  const importance = importanceOf(examples);
  const total = importance.reduce((sum, each) => sum + each, 0);
  const scale = names.map((name) => deviation(examples.map(({ values }) => values.get(name)!)) + 1e-9);
  const rows = examples.map(({ values }) => names.map((name, i) => values.get(name)! / scale[i]!));
  const weights = names.map((name, i) => (fixed[name] ?? 0) * scale[i]!);
  const speed = names.map(() => 0);
  let [constant, constantSpeed] = [0, 0];
  for (let step = 0; step < steps; step++) {
    const slope = names.map((_, i) => (pull * weights[i]!) / total);
    let constantSlope = 0;
    rows.forEach((row, at) => {
      const logit = row.reduce((sum, value, i) => sum + value * weights[i]!, constant);
      const error = (importance[at]! * (1 / (1 + Math.exp(-logit)) - (examples[at]!.isPositive ? 1 : 0))) / total;
      row.forEach((value, i) => {
        slope[i]! += error * value;
      });
      constantSlope += error;
    });
    constantSpeed = momentum * constantSpeed - rate * constantSlope;
    constant += constantSpeed;
    names.forEach((name, i) => {
      if (name in fixed) return;
      speed[i] = momentum * speed[i]! - rate * slope[i]!;
      const next = weights[i]! + speed[i];
      const isAllowed = mayBePositive.has(name) ? next >= 0 : next <= 0;
      weights[i] = isAllowed ? next : 0;
      if (!isAllowed) speed[i] = 0;
    });
  }
  return { constant, weights: names.map((name, i) => [name, weights[i]! / scale[i]!]) };
}

function importanceOf(examples: readonly Example[]): number[] {
  const counts = new Map<string, number>();
  const keyOf = ({ group, isPositive }: Example): string => `${group} ${isPositive}`;
  for (const example of examples) counts.set(keyOf(example), (counts.get(keyOf(example)) ?? 0) + 1);
  return examples.map((example) => 200 / counts.get(keyOf(example))!);
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
