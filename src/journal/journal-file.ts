import Database from 'better-sqlite3';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive } from '../platform/is-alive.ts';
import type { CommandOutcome } from '../types.ts';
import {
  statusOf,
  unplanned,
  type EntryStatus,
  type GivenEntry,
  type JournalEntry,
  type PlanDetails,
  type PlannedEntry,
  type TimeSpan,
  type UnplannedStatus,
} from './entry.ts';

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
  plan: string | null;
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
        status TEXT NOT NULL, outcome TEXT, plan TEXT
      ) STRICT`,
    );
    const columns = this.#database.pragma('table_info(entries)') as { name: string }[];
    if (!columns.some(({ name }) => name === 'plan')) this.#database.exec('ALTER TABLE entries ADD COLUMN plan TEXT');
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

  /** See `Journal.plan`. */
  plan(entry: PlannedEntry): void {
    this.#insert(entry, 'planned');
  }

  /** See `Journal.unplan`. */
  unplan(key: string, status: UnplannedStatus, reason: string): boolean {
    return (
      this.#database
        .prepare(`UPDATE entries SET status = ?, outcome = ? WHERE key = ? AND status = 'planned' AND owner = ?`)
        .run(status, JSON.stringify(unplanned(reason)), key, this.#owner).changes === 1
    );
  }

  /** See `Journal.takePlanned`. */
  takePlanned(): PlannedEntry[] {
    const take = this.#database.transaction(() => {
      const left = this.#rows(`WHERE status = 'planned'`, []).filter(({ owner }) => !this.#isRunning(owner));
      const mark = this.#database.prepare(`UPDATE entries SET owner = ? WHERE key = ?`);
      for (const { key } of left) mark.run(this.#owner, key);
      return left.map(entryOf).filter((entry): entry is JournalEntry & PlannedEntry => entry.plan !== undefined);
    });
    return take.immediate();
  }

  /** See `Journal.begin`. */
  begin(entry: GivenEntry): boolean {
    const isPlanned = this.#database
      .prepare(`UPDATE entries SET status = 'running' WHERE key = ? AND status = 'planned' AND owner = ?`)
      .run(entry.key, this.#owner);
    return isPlanned.changes === 1 || this.#insert(entry, 'running');
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
      .prepare(`DELETE FROM entries WHERE status NOT IN ('running', 'planned') AND time_ms >= ? AND time_ms < ?`)
      .run(...boundsOf(span));
    this.#database.exec('VACUUM');
    this.#database.pragma('wal_checkpoint(TRUNCATE)');
    return changes;
  }

  close(): void {
    this.#database.close();
  }

  /** Returns false, and writes nothing, when there is an entry with this key. */
  #insert(entry: GivenEntry & { plan?: PlanDetails }, status: EntryStatus, outcome?: CommandOutcome): boolean {
    const { key, sessionId, segmentId, command, phrase, args, plan } = entry;
    const insert = this.#database.transaction((): boolean => {
      const { changes, lastInsertRowid } = this.#database
        .prepare(
          `INSERT INTO entries (key, time_ms, owner, session, segment, command, phrase, args, status, outcome, plan)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
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
          plan ? JSON.stringify(plan) : null,
        );
      this.#database
        .prepare(`DELETE FROM entries WHERE id <= ? AND status NOT IN ('running', 'planned')`)
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

function entryOf({ key, time_ms, session, segment, command, phrase, args, status, outcome, plan }: Row): JournalEntry {
  return {
    key,
    time: new Date(time_ms).toISOString(),
    sessionId: session,
    ...(segment === null ? {} : { segmentId: segment }),
    command,
    phrase,
    args: JSON.parse(args) as Record<string, unknown>,
    status,
    ...(plan === null ? {} : { plan: JSON.parse(plan) as PlanDetails }),
    ...(outcome === null ? {} : { outcome: JSON.parse(outcome) as CommandOutcome }),
  };
}
