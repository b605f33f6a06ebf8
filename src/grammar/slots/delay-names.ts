/** The names of the slot in front of the phrases of delayable commands and behind them; authors have no such names. */
export const delayNames = { first: '@delay-first', last: '@delay-last' } as const;

/** Whether a slot says when the command is to run. */
export function isDelayName(name: string): boolean {
  return name === delayNames.first || name === delayNames.last;
}
