import type { CommandRunner, OnAnswered } from '../dispatch/index.ts';
import { asHeedError } from '../errors.ts';
import type { Matcher } from '../match/index.ts';
import type { CommandMatch } from '../types.ts';

/** What it takes to ask the speaker about a phrase that is not surely one command. */
export interface AskingOptions {
  language: string;
  matcher: Matcher;
  /** How surely the phrase was read, 0–1. */
  confidence: number;
  dispatcher: CommandRunner;
  /** Takes how each question was answered. */
  onAnswered: OnAnswered;
}

/** The command that the speaker meant, or why there is none; the reason is absent when nothing was asked. */
export type Asked = { match: CommandMatch } | { reason?: string | undefined };

/** Only an answer that did not come is a reason; all other errors are passed on. */
export async function answered(match: Promise<CommandMatch>): Promise<Asked> {
  try {
    return { match: await match };
  } catch (error) {
    const { code, message } = asHeedError(error);
    if (code !== 'aborted') throw error;
    return { reason: message };
  }
}
