export { Dispatcher, type DispatcherOptions, type JournalEntry, type RunContext } from './dispatcher.ts';
export type { Answered, SpeechEvidence } from './dialog.ts';
export type { MissingSlotName } from './missing.ts';
export type { StateStore } from './handler-run.ts';
export { shutDoor, type CommandDoor } from './dry-run.ts';
