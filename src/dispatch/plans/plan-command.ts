import { randomUUID } from 'node:crypto';
import type { EventBody } from '../../events/event.ts';
import type { Command } from '../../registry/index.ts';
import type { CommandMatch, Delay } from '../../types.ts';
import type { Ending } from '../ending.ts';
import { dueWords, plannedSentence } from './due-words.ts';
import type { Planner } from './planner.ts';

/** A command that was given for later. */
export interface PlanRequest {
  command: Command;
  args: Record<string, unknown>;
  match: CommandMatch;
  delay: Delay;
  /** How long ago it was said, ms. */
  agoMs: number;
  language: string;
  sessionId: string;
  segmentId?: string | undefined;
  /** Asks for the speaker's consent to what will run and when; resolves with the reason against it. */
  ask: (planned: { phrase: string; when: string }) => Promise<string | undefined>;
  /** Returns why it must not be planned any more; undefined while it may. */
  whyGone: () => string | undefined;
  isAllowed: () => boolean;
  publish: (body: EventBody) => void;
}

/**
 * Plans a command for the moment that was said. A mistake would show when nobody is there to notice it, so heed asks
 * unless the risk is low and the phrase was understood as it was said.
 */
export async function planCommand(planner: Planner, request: PlanRequest): Promise<Ending> {
  const { command, args, match, delay, agoMs, language, sessionId, segmentId, ask, whyGone } = request;
  const refused = (reason: string): Ending => ({ status: 'refused', reason });
  if (!command.delayable) return refused(`${command.name} is not run later.`);
  const due = planner.when(delay, agoMs);
  if ('reason' in due) return refused(due.reason);
  const when = dueWords(due.dueMs, planner.nowMs, language);
  const isSure = command.risk === 'low' && (match.via === 'exact' || match.via === 'grammar');
  const objection = (isSure ? undefined : await ask({ phrase: delay.phrase, when })) ?? whyGone();
  if (objection !== undefined) return refused(objection);
  const planned = await planner.add({
    ...due,
    entry: {
      key: randomUUID(),
      sessionId,
      ...(segmentId === undefined ? {} : { segmentId }),
      command: command.name,
      phrase: delay.phrase,
      args,
      plan: {
        due: new Date(due.dueMs).toISOString(),
        ...(due.wait ? { waitMs: due.wait.ms } : {}),
        language,
        version: command.version,
      },
    },
    isAllowed: request.isAllowed,
    publish: request.publish,
  });
  if ('reason' in planned) return refused(planned.reason);
  const { id, isKept, phrase, due: dueDate } = planned;
  return { status: 'planned', plannedId: id, phrase, due: dueDate, isKept, say: plannedSentence(phrase, when) };
}
