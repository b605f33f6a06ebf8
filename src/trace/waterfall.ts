import { round, stepNames, type Step } from './utterance-trace.ts';

/** When each step happened, ms on one clock. */
export type Marks = Partial<Record<Step['step'], number>>;

/** Returns the steps in the order in which they happened; none if the end of speech is unknown. */
export function waterfallOf(marks: Marks): Step[] {
  const origin = marks['speech-end'];
  if (origin === undefined) return [];
  return stepNames
    .flatMap((step) => {
      const at = marks[step];
      return at === undefined ? [] : [{ step, at_ms: round(at - origin, 1) }];
    })
    .sort((a, b) => a.at_ms - b.at_ms);
}
