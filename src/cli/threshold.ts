/** A recording's score, 0–1, and whether it is a command. */
export interface Scored {
  score: number;
  isCommand: boolean;
}

/** A threshold and what it does to the recordings. */
export interface ThresholdChoice {
  threshold: number;
  commands: number;
  taken: number;
  others: number;
  falseAccepts: number;
}

/** The surest threshold there is: handlers open doors. */
const highest = 0.99;
/** A lower one is never needed. */
const lowest = 0.3;

/**
 * The threshold that takes none of the others and, with that, most of the commands: midway (in log-odds) between the highest score of the others
 * and the lowest of the commands above it.
 */
export function chooseThreshold(scored: readonly Scored[]): ThresholdChoice {
  const commands = scored.filter(({ isCommand }) => isCommand).map(({ score }) => score);
  const others = scored.filter(({ isCommand }) => !isCommand).map(({ score }) => score);
  const ceiling = Math.max(0, ...others);
  const above = commands.filter((score) => score > ceiling);
  const middle = above.length === 0 ? 1 : fromLogOdds((logOdds(ceiling) + logOdds(Math.min(...above))) / 2);
  const threshold = Math.ceil(Math.min(highest, Math.max(lowest, middle)) * 1000) / 1000;
  const count = (scores: number[]): number => scores.filter((score) => score >= threshold).length;
  return { threshold, commands: commands.length, taken: count(commands), others: others.length, falseAccepts: count(others) };
}

function logOdds(score: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-3, score));
  return Math.log(inside / (1 - inside));
}

function fromLogOdds(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
