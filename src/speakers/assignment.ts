/**
 * Gives each row a column of its own so that the sum of the costs is the least; undefined for a row that gets none
 * because there are fewer columns. Every way is tried, which is quick for the few rows there are (three at most).
 * @param costs rows × columns
 */
export function assign(costs: readonly (readonly number[])[]): (number | undefined)[] {
  const columns = costs[0]?.length ?? 0;
  let best: { cost: number; chosen: (number | undefined)[] } | undefined;
  const tryFrom = (row: number, cost: number, chosen: readonly (number | undefined)[], skips: number): void => {
    if (best && cost >= best.cost) return;
    if (row === costs.length) {
      best = { cost, chosen: [...chosen] };
      return;
    }
    for (let column = 0; column < columns; column++)
      if (!chosen.includes(column)) tryFrom(row + 1, cost + costs[row]![column]!, [...chosen, column], skips);
    if (skips > 0) tryFrom(row + 1, cost, [...chosen, undefined], skips - 1);
  };
  tryFrom(0, 0, [], Math.max(0, costs.length - columns));
  return best?.chosen ?? [];
}
