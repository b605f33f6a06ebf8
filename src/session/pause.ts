import type { MatchResult } from '../match/index.ts';
import type { Command } from '../registry/index.ts';
import type { Transcript } from '../types.ts';
import type { EndpointDecision, Endpointer, PhraseSoFar } from '../vad/index.ts';

/** A silence inside the open segment. */
export interface Pause {
  /** Where the segment ends unless speech resumes. */
  endSample: number;
  silenceSamples: number;
  /** When the pause was noticed, ms of the session's clock. */
  atMs: number;
  /** The reason for the endpoint decision, once the words before the pause have been read. */
  decision?: string;
}

/** An early reading of the open segment. */
export interface EarlyReading {
  /** Where its audio ends. */
  endSample: number;
  isDone: boolean;
  /** The endpoint decision that its words led to; absent until it is done, and when it failed. */
  decision?: EndpointDecision;
}

/** Looks up a command by its name. */
export type CommandOf = (name: string) => Pick<Command, 'risk' | 'slots'> | undefined;

/** Describes an early reading to the endpointer; of several commands in one breath, the riskiest counts. */
export function phraseSoFar(result: MatchResult, { confidence }: Transcript, commandOf: CommandOf): PhraseSoFar {
  const risks = commandsIn(result, commandOf).map((command) => command?.risk ?? 'low');
  const risk = risks.includes('high') ? 'high' : risks.includes('medium') ? 'medium' : 'low';
  return { completeness: result.completeness, risk, score: result.match?.score ?? 0, confidence };
}

/** Whether a quicker model has heard enough. What is written down, or looked for, is read by the better one. */
export function isHeardEnough(
  result: MatchResult,
  transcript: Transcript,
  { commandOf, endpointer }: { commandOf: CommandOf; endpointer: Pick<Endpointer, 'isSure'> },
): boolean {
  const takesText = commandsIn(result, commandOf).some((command) =>
    Object.values(command?.slots ?? {}).some(({ type }) => type === 'text'),
  );
  return !takesText && endpointer.isSure(phraseSoFar(result, transcript, commandOf));
}

function commandsIn({ match, also = [] }: MatchResult, commandOf: CommandOf): ReturnType<CommandOf>[] {
  return (match ? [match, ...also] : []).map(({ command }) => commandOf(command));
}
