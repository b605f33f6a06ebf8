export { openJournal, openJournalFile, usualJournalFile, type OpenJournalOptions } from './open-journal.ts';
export { MemoryJournal } from './memory-journal.ts';
export type {
  EntryStatus,
  GivenEntry,
  Journal,
  JournalEntry,
  PlanDetails,
  PlannedEntry,
  TimeSpan,
  UnplannedStatus,
} from './entry.ts';
