import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { HeedError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Journal } from './entry.ts';
import type { JournalFile } from './journal-file.ts';
import { JournalThread } from './journal-thread.ts';
import { MemoryJournal } from './memory-journal.ts';

/** Where the journal of a service is kept when no option says otherwise. */
export const usualJournalFile = '.heed/journal.db';

/** The path that stands for no file. */
const inMemory = ':memory:';

/** This process; its number alone may be given to another one later. */
const owner = `${process.pid}:${Math.round(performance.timeOrigin)}`;

/** How a journal is opened. */
export interface OpenJournalOptions {
  /** Empty or ":memory:" for none. */
  path: string;
  /** How many entries are kept. */
  max: number;
  log: Log;
}

/**
 * Opens the journal, and tells of commands whose outcome nobody knows. Where the file cannot be used, the journal is
 * kept in memory, and the log says why. Never rejects.
 */
export async function openJournal({ path, max, log }: OpenJournalOptions): Promise<Journal> {
  if (path === '' || path === inMemory) return new MemoryJournal(max);
  const file = new JournalThread({ path: resolve(path), max, owner });
  try {
    for (const { command, phrase, time, sessionId } of await file.takeUnknown())
      log(
        `heed ended while ${command} was running (“${phrase}”, begun ${time}), so nobody knows what it has done. ` +
          'It is not run again.',
        { session: sessionId, command, spoken: [phrase] },
      );
    return file;
  } catch (error) {
    const { message } = error as Error;
    const fix = /better-sqlite3|bindings file/.test(message) ? ' Install the package better-sqlite3 to keep it.' : '';
    log(`The journal ends with this process, because ${path} cannot be used: ${message.split('\n')[0]}.${fix}`);
    await file.close();
    return new MemoryJournal(max);
  }
}

/**
 * Opens the journal that another process writes, to read or purge it.
 * @throws HeedError `not-found` when there is none, or the package is missing
 */
export async function openJournalFile({ path, max }: Omit<OpenJournalOptions, 'log'>): Promise<JournalFile> {
  if (!existsSync(path))
    throw new HeedError('not-found', `There is no journal at ${path}. heed dev and heed serve write one there.`);
  try {
    const { JournalFile } = await import('./journal-file.ts');
    return new JournalFile({ path: resolve(path), max, owner });
  } catch (cause) {
    throw new HeedError('not-found', `The journal ${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
