export { caseSchema, listCases, readCase, saveCase, type Case, type SavedCase } from './saved-case.ts';
export { expectedCommands, expectedSchema, type Expected, type ExpectedCommand } from './expected.ts';
