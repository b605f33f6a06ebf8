import { round, stepNames, type Step } from './utterance-trace.ts';

/** When steps came, ms of one clock. */
export type Marks = Partial<Record<Step['step'], number>>;

/** The steps as they came, ms after the end of speech; empty when nobody knows when that was. */
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
