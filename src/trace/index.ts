export { Traces } from './traces.ts';
export { SessionTrace } from './session-trace.ts';
export {
  summaryOf,
  type CommandEnd,
  type FreeReading,
  type EarlyReading,
  type ScoredText,
  type Step,
  type TraceSummary,
  type Understanding,
  type UtteranceTrace,
} from './utterance-trace.ts';
