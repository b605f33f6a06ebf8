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
 * The threshold that takes none of the others and, with that, most of the commands: midway (in log-odds) between the
 * highest score of the others and the lowest of the commands above it.
 */
export function chooseThreshold(scored: readonly Scored[]): ThresholdChoice {
  const commands = scored.filter(({ isCommand }) => isCommand).map(({ score }) => score);
  const others = scored.filter(({ isCommand }) => !isCommand).map(({ score }) => score);
  const ceiling = Math.max(0, ...others);
  const above = commands.filter((score) => score > ceiling);
  const middle = above.length === 0 ? 1 : fromLogOdds((logOdds(ceiling) + logOdds(Math.min(...above))) / 2);
  const threshold = Math.ceil(Math.min(highest, Math.max(lowest, middle)) * 1000) / 1000;
  const count = (scores: number[]): number => scores.filter((score) => score >= threshold).length;
  return {
    threshold,
    commands: commands.length,
    taken: count(commands),
    others: others.length,
    falseAccepts: count(others),
  };
}

/**
 * Fewer recordings than this say little: of 30 others of which none was taken, up to one in ten may still be (95 %; the
 * rule of three).
 */
const enough = 30;
/** A recording that is no command and scores less than this resembles none. */
const resembling = 0.05;

/** Why the recordings do not suffice to trust the threshold, in sentences; empty where they do. */
export function shortcomings(
  scored: readonly Scored[],
  { commands, taken, others, falseAccepts }: ThresholdChoice,
): string[] {
  const nearest = scored.filter(({ isCommand, score }) => !isCommand && score >= resembling).length;
  return [
    ...(commands < enough
      ? [`${commands} recordings of commands are few; ${enough} tell within some ten points how many are taken.`]
      : []),
    ...(others < enough
      ? [
          `${others} recordings of anything else are few: although ${falseAccepts} were taken, up to ${Math.min(100, Math.ceil(300 / others))} % may be.`,
        ]
      : []),
    ...(nearest === 0
      ? [
          "None of the others resembles a command. Record sentences that nearly are one, such as “don't turn on the lights”.",
        ]
      : []),
    ...(taken < commands
      ? [
          `${commands - taken} of the commands are no surer than the surest of the others; no threshold tells these apart.`,
        ]
      : []),
  ];
}

function logOdds(score: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-3, score));
  return Math.log(inside / (1 - inside));
}

function fromLogOdds(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
