export { Traces } from './traces.ts';
export { SessionTrace } from './session-trace.ts';
export { summaryOf, type CommandEnd, type FreeReading, type ReadingAhead, type ScoredText, type Step, type TraceSummary, type Understanding, type UtteranceTrace } from './utterance-trace.ts';
export { caseSchema, expectedCommands, expectedSchema, listCases, readCase, saveCase, type Case, type Expected, type ExpectedCommand, type SavedCase } from './cases.ts';
