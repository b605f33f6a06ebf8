export { Dispatcher } from './dispatcher.ts';
export type { DispatcherOptions } from './options.ts';
export type { DispatchedSession, LastCommand, RunContext, SessionDispatcher } from './session-dispatcher.ts';
export type { Answered, SpeechEvidence } from './question.ts';
export type { MissingSlotName } from './missing.ts';
export type { StateStore } from './handler-run.ts';
export { dryRunner, type CommandRunner } from './dry-run.ts';
export type { Ground } from './ground.ts';
export { readPin, resemblesPin } from './pin.ts';
