export { Traces } from './traces.ts';
export { SessionTrace } from './session-trace.ts';
export {
  summaryOf,
  type CommandEnd,
  type FreeReading,
  type ReadingAhead,
  type ScoredText,
  type Step,
  type TraceSummary,
  type Understanding,
  type UtteranceTrace,
} from './utterance-trace.ts';
export { caseSchema, listCases, readCase, saveCase, type Case, type SavedCase } from './cases.ts';
export { expectedCommands, expectedSchema, type Expected, type ExpectedCommand } from './expected.ts';
