import { HeedError } from '../../errors.ts';
import type { Command, CommandContexts } from '../../registry/index.ts';
import type { CommandOutcome } from '../../types.ts';
import { checkArgs } from '../check-args.ts';
import { CommandRecord } from '../command-record.ts';
import { causeOf, endingOf, internalEnding, type Ending } from '../ending.ts';
import { HandlerRun } from '../handler-run.ts';
import type { DispatcherOptions } from '../options.ts';
import { outcomeEvent } from '../outcome-event.ts';
import { PlannedVoice } from './planned-voice.ts';
import type { Plan } from './plan.ts';

/** Runs planned commands when they are due. Nobody may be there: their handlers can say something, and not ask. */
export class PlannedRuns {
  readonly #options: DispatcherOptions;
  readonly #runs = new Set<HandlerRun>();

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Runs a command unless it is another one by now, and publishes how it ended. Never rejects. */
  async run(plan: Plan): Promise<void> {
    const startedMs = performance.now();
    const { key, command, args, sessionId } = plan.entry;
    const record = new CommandRecord(
      { ...this.#options, maxAgeMs: this.#options.config.maxLateMs, isPlanned: true },
      plan.entry,
    );
    const ending = await this.#run(plan, record).catch((error: unknown) =>
      internalEnding(plan.entry, error, { log: this.#options.log, sessionId }),
    );
    const outcome: CommandOutcome = { ...ending, durationMs: performance.now() - startedMs };
    await record.end(outcome);
    plan.publish(outcomeEvent(outcome, { command, args, planned_id: key }, {}));
  }

  /** Stops what is running, because heed is closing. */
  stop(reason: HeedError): void {
    for (const run of this.#runs) run.stop(reason);
  }

  async #run(plan: Plan, record: CommandRecord): Promise<Ending> {
    const { config, registry, state, log } = this.#options;
    const { phrase, sessionId, plan: details } = plan.entry;
    const { language } = details;
    const admitted = this.#admit(plan);
    if ('reason' in admitted) return { status: 'refused', reason: admitted.reason };
    const { command, args } = admitted;
    const run = new HandlerRun({
      command,
      args,
      phrase,
      key: record.key,
      session: { id: sessionId, language },
      timeoutMs: command.timeoutMs ?? config.timeoutMs,
      dialog: new PlannedVoice(plan.publish),
      undoLast: () => Promise.resolve(undefined),
      state,
      contexts: noContexts(command.name),
      commands: () => registry.describe(language, []),
      log,
    });
    this.#runs.add(run);
    try {
      const objection = await record.begin();
      // It may have changed while the journal was written.
      const again = objection === undefined ? this.#admit(plan) : { reason: objection };
      if ('reason' in again) return { status: 'refused', reason: again.reason };
      const { say } = await run.run();
      return { status: 'done', canUndo: false, ...(say === undefined ? {} : { say }) };
    } catch (error) {
      const cause = causeOf(error, run.signal);
      return endingOf(error, run.signal) ?? internalEnding(plan.entry, cause, { log, sessionId });
    } finally {
      this.#runs.delete(run);
    }
  }

  /** Returns the reason against running the command as it was planned, or what a run needs. */
  #admit({ entry, isAllowed }: Plan): { reason: string } | { command: Command; args: Record<string, unknown> } {
    const command = this.#options.registry.get(entry.command);
    if (!command) return { reason: `The command ${entry.command} no longer exists.` };
    if (command.version !== entry.plan.version)
      return { reason: `The command ${command.name} has changed since it was planned; please say it again.` };
    if (!isAllowed()) return { reason: `The command ${command.name} is switched off.` };
    const checked = checkArgs(command, entry.args);
    return 'reason' in checked ? checked : { command, args: checked.args };
  }
}

function noContexts(command: string): CommandContexts {
  const change = (): never => {
    throw new HeedError('closed', `${command} was planned, so there is no session whose contexts it could change.`);
  };
  return { active: [], enter: change, leave: change };
}
