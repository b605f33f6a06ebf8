import Database from 'better-sqlite3';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive } from '../platform/is-alive.ts';
import type { CommandOutcome } from '../types.ts';
import { statusOf, type EntryStatus, type GivenEntry, type JournalEntry, type TimeSpan } from './entry.ts';

/** How a journal file is opened. */
export interface JournalFileOptions {
  path: string;
  /** How many entries are kept. */
  max: number;
  /** The process that writes: its number and, as that may be given to another one later, a colon and when it began. */
  owner: string;
}

/** How long another process may keep the file busy, ms. */
const busyMs = 5_000;

interface Row {
  key: string;
  time_ms: number;
  owner: string;
  session: string;
  segment: string | null;
  command: string;
  phrase: string;
  args: string;
  status: EntryStatus;
  outcome: string | null;
}

/**
 * The journal in an SQLite file. Every call returns when what it wrote is on the disk, which blocks its thread for that
 * time. Several processes may use the same file.
 */
export class JournalFile {
  readonly #database: Database.Database;
  readonly #max: number;
  readonly #owner: string;

  /** @throws whatever SQLite and the file system throw */
  constructor({ path, max, owner }: JournalFileOptions) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite gives the files beside it the same mode. What was said is nobody else's business.
    closeSync(openSync(path, 'a', 0o600));
    this.#max = max;
    this.#owner = owner;
    this.#database = new Database(path, { timeout: busyMs });
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = FULL');
    this.#database.pragma('secure_delete = ON');
    this.#database.exec(
      `CREATE TABLE IF NOT EXISTS entries (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, time_ms INTEGER NOT NULL, owner TEXT NOT NULL,
        session TEXT NOT NULL, segment TEXT, command TEXT NOT NULL, phrase TEXT NOT NULL, args TEXT NOT NULL,
        status TEXT NOT NULL, outcome TEXT
      ) STRICT`,
    );
  }

  /** Returns the commands that were running in processes that are gone. From now on their status is `unknown`. */
  takeUnknown(): JournalEntry[] {
    const take = this.#database.transaction(() => {
      const lost = this.#rows(`WHERE status = 'running'`, []).filter(({ owner }) => !this.#isRunning(owner));
      const mark = this.#database.prepare(`UPDATE entries SET status = 'unknown' WHERE key = ?`);
      for (const { key } of lost) mark.run(key);
      return lost.map((row) => entryOf({ ...row, status: 'unknown' }));
    });
    return take.immediate();
  }

  /** See `Journal.begin`. */
  begin(entry: GivenEntry): boolean {
    return this.#insert(entry, 'running', undefined);
  }

  /** See `Journal.end`. */
  end(key: string, outcome: CommandOutcome): void {
    this.#database
      .prepare(`UPDATE entries SET status = ?, outcome = ? WHERE key = ?`)
      .run(statusOf(outcome), JSON.stringify(outcome), key);
  }

  /** See `Journal.add`. */
  add(entry: GivenEntry, outcome: CommandOutcome): void {
    this.#insert(entry, statusOf(outcome), outcome);
  }

  /** See `Journal.list`. */
  list(span: TimeSpan = {}): JournalEntry[] {
    return this.#rows(`WHERE time_ms >= ? AND time_ms < ?`, boundsOf(span)).map(entryOf);
  }

  /** See `Journal.purge`. What is forgotten can be read in none of its files any more. */
  purge(span: TimeSpan = {}): number {
    const { changes } = this.#database
      .prepare(`DELETE FROM entries WHERE status <> 'running' AND time_ms >= ? AND time_ms < ?`)
      .run(...boundsOf(span));
    this.#database.exec('VACUUM');
    this.#database.pragma('wal_checkpoint(TRUNCATE)');
    return changes;
  }

  close(): void {
    this.#database.close();
  }

  /** Returns false, and writes nothing, when there is an entry with this key. */
  #insert(entry: GivenEntry, status: EntryStatus, outcome: CommandOutcome | undefined): boolean {
    const { key, sessionId, segmentId, command, phrase, args } = entry;
    const insert = this.#database.transaction((): boolean => {
      const { changes, lastInsertRowid } = this.#database
        .prepare(
          `INSERT INTO entries (key, time_ms, owner, session, segment, command, phrase, args, status, outcome)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
        )
        .run(
          ...[
            key,
            Date.now(),
            this.#owner,
            sessionId,
            segmentId ?? null,
            command,
            phrase,
            JSON.stringify(args),
            status,
          ],
          outcome ? JSON.stringify(outcome) : null,
        );
      this.#database
        .prepare(`DELETE FROM entries WHERE id <= ? AND status <> 'running'`)
        .run(Number(lastInsertRowid) - this.#max);
      return changes === 1;
    });
    return insert.immediate();
  }

  #rows(where: string, values: readonly number[]): Row[] {
    return this.#database.prepare<unknown[], Row>(`SELECT * FROM entries ${where} ORDER BY id`).all(...values);
  }

  #isRunning(owner: string): boolean {
    if (owner === this.#owner) return true;
    const pid = Number(owner.split(':')[0]);
    return pid !== Number(this.#owner.split(':')[0]) && isAlive(pid);
  }
}

function boundsOf({ fromMs = 0, untilMs = Number.MAX_SAFE_INTEGER }: TimeSpan): [number, number] {
  return [fromMs, untilMs];
}

function entryOf({ key, time_ms, session, segment, command, phrase, args, status, outcome }: Row): JournalEntry {
  return {
    key,
    time: new Date(time_ms).toISOString(),
    sessionId: session,
    ...(segment === null ? {} : { segmentId: segment }),
    command,
    phrase,
    args: JSON.parse(args) as Record<string, unknown>,
    status,
    ...(outcome === null ? {} : { outcome: JSON.parse(outcome) as CommandOutcome }),
  };
}
