import type { Config } from '../../config/index.ts';
import type { EventBody } from '../../events/event.ts';
import { dueOf } from '../../grammar/index.ts';
import type { Journal, PlannedEntry, UnplannedStatus } from '../../journal/index.ts';
import type { Log } from '../../log.ts';
import type { Delay } from '../../types.ts';
import { machinePlanClock, type PlanClock } from './plan-clock.ts';
import { plannedCommand, type Due, type Plan, type PlannedCommand } from './plan.ts';

/** What a planner needs. */
export interface PlannerOptions {
  config: Pick<Config['dispatch'], 'maxPlanned' | 'maxDelayMs' | 'maxLateMs' | 'maxRunning'>;
  clock?: PlanClock | undefined;
  journal: Journal;
  log: Log;
  /** Takes events about commands whose session is over. */
  publish: (body: EventBody) => void;
  /** Runs a command that is due. Never rejects. */
  run: (plan: Plan) => Promise<void>;
}

/** The clock is looked at at least this often, since somebody may set it, ms. */
const longestSleepMs = 20_000;
const dayMs = 24 * 3_600_000;

/**
 * Keeps the commands that are to run later, and runs each once when it is due, or never. A length of time is measured
 * by a clock that nobody can set, a time of day by the wall clock.
 */
export class Planner {
  readonly #options: PlannerOptions;
  readonly #clock: PlanClock;
  readonly #plans = new Map<string, Plan>();
  readonly #running = new Set<Promise<void>>();
  #callOff: () => void = () => undefined;
  /** How many are being written. */
  #adding = 0;
  #hasWarned = false;
  #state: 'open' | 'closed' = 'open';

  constructor(options: PlannerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? machinePlanClock;
  }

  /** The wall clock, ms since 1970. */
  get nowMs(): number {
    return this.#clock.nowMs();
  }

  /** What is planned, in the order in which it is due. */
  list(): PlannedCommand[] {
    return this.#inOrder().map(plannedCommand);
  }

  /** Returns the moment that was said some time ago, or the reason why nothing can be planned for it. */
  when({ moment, words }: Delay, agoMs: number): Due | { reason: string } {
    const { maxPlanned, maxDelayMs } = this.#options.config;
    const saidMs = this.#clock.nowMs() - agoMs;
    const due = dueOf(moment, new Date(saidMs));
    if (!due || !Number.isFinite(due.dueMs)) return { reason: `There is no time such as “${words}”.` };
    const { dueMs, waitMs } = due;
    if (dueMs <= saidMs) return { reason: `“${words}” is over, or is now.` };
    if (dueMs - saidMs > maxDelayMs)
      return { reason: `“${words}” is too far ahead: a command is planned for ${daysOf(maxDelayMs)} at most.` };
    if (this.#isFull) return { reason: fullReason(maxPlanned) };
    return {
      dueMs,
      ...(waitMs === undefined ? {} : { wait: { fromMs: this.#clock.elapsedMs() - agoMs, ms: waitMs } }),
    };
  }

  /** Plans a command, and writes it to the journal; returns the reason if it cannot. */
  async add(plan: Omit<Plan, 'isKept'>): Promise<PlannedCommand | { reason: string }> {
    const { journal, log, config } = this.#options;
    if (this.#isFull) return { reason: fullReason(config.maxPlanned) };
    this.#adding++;
    const isWritten = await journal.plan(plan.entry).then(
      () => true,
      (error: unknown) => {
        log(`The journal cannot be written: ${(error as Error).message}`, { level: 'error' });
        return false;
      },
    );
    this.#adding--;
    const isKept = journal.isKept && isWritten;
    if (this.#state === 'closed' && !isKept) return { reason: 'heed is closing.' };
    if (!isKept && !this.#hasWarned) {
      this.#hasWarned = true;
      log('What is planned ends with this process, because its journal is not kept; see the option dispatch.journal.');
    }
    const planned = { ...plan, isKept };
    this.#plans.set(plan.entry.key, planned);
    this.#schedule();
    return plannedCommand(planned);
  }

  /** Calls a planned command off; resolves to undefined when it is not planned any more. */
  async cancel(id: string): Promise<PlannedCommand | undefined> {
    const plan = this.#plans.get(id);
    if (!plan) return undefined;
    this.#plans.delete(id);
    this.#schedule();
    await this.#unplan(plan, 'cancelled', 'It was called off.');
    plan.publish({ type: 'command.cancelled', ...eventFields(plan) });
    return plannedCommand(plan);
  }

  /** Goes on with what an earlier process had planned. */
  async resume(): Promise<void> {
    const { journal, log, publish } = this.#options;
    const left = await journal.takePlanned().catch((error: unknown): PlannedEntry[] => {
      log(`What was planned cannot be read: ${(error as Error).message}`, { level: 'error' });
      return [];
    });
    for (const entry of left) {
      const dueMs = Date.parse(entry.plan.due);
      const plan: Plan = { entry, dueMs, isKept: true, isAllowed: () => true, publish };
      const leftMs = dueMs - this.#clock.nowMs();
      const { waitMs } = entry.plan;
      if (waitMs === undefined) this.#plans.set(entry.key, plan);
      else if (leftMs > waitMs) this.#plans.set(entry.key, { ...plan, lost: 'The clock was set back meanwhile.' });
      else
        this.#plans.set(entry.key, {
          ...plan,
          wait: { fromMs: this.#clock.elapsedMs() - (waitMs - leftMs), ms: waitMs },
        });
    }
    this.#schedule();
  }

  /** Runs nothing more; what is kept stays in the journal. Resolves when nothing is running. Idempotent. */
  async close(): Promise<void> {
    this.#state = 'closed';
    this.#callOff();
    await Promise.all(this.#running);
  }

  /** Runs what is due, and sleeps until more is. */
  #tick(): void {
    const { config, run } = this.#options;
    for (const plan of this.#inOrder()) {
      const lateMs = this.#lateMs(plan);
      if (lateMs < 0 || this.#running.size >= config.maxRunning) continue;
      // From here on, it cannot run a second time, whatever the clocks do.
      this.#plans.delete(plan.entry.key);
      const reason = plan.lost ?? `It was due ${Math.round(lateMs / 1000)} s before.`;
      const work = (lateMs > config.maxLateMs ? this.#miss(plan, reason) : run(plan)).finally(() => {
        this.#running.delete(work);
        this.#schedule();
      });
      this.#running.add(work);
    }
    this.#schedule();
  }

  #schedule(): void {
    this.#callOff();
    if (this.#state === 'closed' || this.#plans.size === 0 || this.#running.size >= this.#options.config.maxRunning)
      return;
    const nextMs = Math.min(...[...this.#plans.values()].map((plan) => -this.#lateMs(plan)));
    this.#callOff = this.#clock.after(Math.min(longestSleepMs, Math.max(0, Math.ceil(nextMs))), () => this.#tick());
  }

  /** Returns for how long a plan has been due, ms; negative while it is not. */
  #lateMs({ dueMs, wait, lost }: Plan): number {
    if (lost !== undefined) return Infinity;
    return wait ? this.#clock.elapsedMs() - wait.fromMs - wait.ms : this.#clock.nowMs() - dueMs;
  }

  async #miss(plan: Plan, reason: string): Promise<void> {
    const { entry, publish } = plan;
    await this.#unplan(plan, 'missed', reason);
    this.#options.log(`${entry.command} was planned for ${entry.plan.due} and does not run. ${reason}`, {
      session: entry.sessionId,
      command: entry.command,
      spoken: [entry.phrase],
    });
    publish({ type: 'command.missed', ...eventFields(plan), reason });
  }

  async #unplan({ entry }: Plan, status: UnplannedStatus, reason: string): Promise<void> {
    const { journal, log } = this.#options;
    await journal.unplan(entry.key, status, reason).catch((error: unknown) => {
      log(
        `The journal cannot be written: ${(error as Error).message} ` +
          `If heed is started again, ${entry.command} is still planned.`,
        { level: 'error' },
      );
    });
  }

  get #isFull(): boolean {
    return this.#plans.size + this.#adding >= this.#options.config.maxPlanned;
  }

  #inOrder(): Plan[] {
    return [...this.#plans.values()].sort((a, b) => a.dueMs - b.dueMs);
  }
}

function eventFields({ entry }: Plan): {
  command: string;
  args: Record<string, unknown>;
  planned_id: string;
  phrase: string;
  due: string;
} {
  const { key, command, args, phrase, plan } = entry;
  return { command, args, planned_id: key, phrase, due: plan.due };
}

function fullReason(most: number): string {
  return `${most} commands are planned already, which is the most; cancel one of them.`;
}

function daysOf(ms: number): string {
  const days = ms / dayMs;
  return days >= 1 ? `${Math.floor(days)} days` : `${Math.floor(ms / 1000)} s`;
}
