import { understandText } from '../../src/match/index.ts';
import { caseLines, rooms } from './small-registries.ts';

/** A sentence over a small registry, and the command that it must run: none, if it belongs to no command there. */
export interface SaidCase {
  said: string;
  /** Undefined when nothing may run. */
  command: string | undefined;
  /** What ran, and how. */
  ran: string | undefined;
  via: string | undefined;
  /** The command that is asked about instead. */
  asked: string | undefined;
}

/** Reads the cases of a language from a folder of tests, and runs them. */
export function saidCases(folder: 'free-text' | 'requests', language: string): SaidCase[] {
  const values = { room: rooms[language]! };
  return caseLines(folder, language, { isCase: /^[!=]/, values }).flatMap(({ line, matcher }): SaidCase[] => {
    const [, command, said] = /^(?:!|= (\S+):) (.*)$/.exec(line) ?? [];
    if (said === undefined) return [];
    const { match, suggestion } = understandText(matcher, said);
    return [{ said, command, ran: match?.command, via: match?.via, asked: suggestion?.command }];
  });
}
