/**
 * The threshold at which as many pairs of the same are refused as pairs of others are taken.
 * @param same the scores of pairs that belong together @param others those of all others
 */
export function equalErrorRate(
  same: readonly number[],
  others: readonly number[],
): { rate: number; threshold: number } {
  const scores = [
    ...same.map((score) => ({ score, isSame: true })),
    ...others.map((score) => ({ score, isSame: false })),
  ].sort((a, b) => a.score - b.score);
  let [refused, taken] = [0, others.length];
  for (const { score, isSame } of scores) {
    const [missed, wrong] = [refused / same.length, taken / others.length];
    if (missed >= wrong) return { rate: (missed + wrong) / 2, threshold: score };
    if (isSame) refused++;
    else taken--;
  }
  return { rate: 0.5, threshold: 1 };
}
