/** The score of a recording, 0–1, and whether the recording is a command. */
export interface Scored {
  score: number;
  isCommand: boolean;
}

/** A threshold, and how many of the recordings score at least as much. */
export interface ThresholdChoice {
  threshold: number;
  /** Recordings of commands. */
  commands: number;
  /** Commands that the threshold accepts. */
  taken: number;
  /** Recordings that are no command. */
  others: number;
  /** Recordings that are no command and that the threshold accepts. */
  falseAccepts: number;
}

/** No threshold above this is chosen, because hardly any command could reach it. */
const highest = 0.99;
/** No threshold below this is chosen, however few recordings resemble a command. */
const lowest = 0.3;

/**
 * Chooses the threshold that accepts no recording that is no command and, given that, as many commands as possible. It
 * lies midway, in log-odds, between the highest score of the others and the lowest score of a command above that.
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
 * Fewer recordings than this say little. By the rule of three, if none of 30 was accepted, the true rate is below one
 * in ten with a confidence of 95 %.
 */
const enough = 30;
/** A recording that is no command and scores less than this does not resemble one either. */
const resembling = 0.05;

/** Returns the reasons why the recordings do not suffice to trust the threshold, as sentences. */
export function shortcomings(
  scored: readonly Scored[],
  { commands, taken, others, falseAccepts }: ThresholdChoice,
): string[] {
  const nearest = scored.filter(({ isCommand, score }) => !isCommand && score >= resembling).length;
  return [
    ...(commands < enough
      ? [
          `The number of recordings of commands is only ${commands}; ` +
            `with ${enough}, the share that is accepted would be known within about ten percentage points.`,
        ]
      : []),
    ...(others < enough
      ? [
          `The number of other recordings is only ${others}: although ${falseAccepts} of them were accepted, ` +
            `up to ${Math.min(100, Math.ceil(300 / others))} % may be in use.`,
        ]
      : []),
    ...(nearest === 0
      ? [
          'None of the other recordings resembles a command. ' +
            "Record sentences that nearly are one, such as “don't turn on the lights”.",
        ]
      : []),
    ...(taken < commands
      ? [
          `${commands - taken} of the commands score no higher than the best of the other recordings; ` +
            'no threshold can tell these apart.',
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
