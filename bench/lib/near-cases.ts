import { understandText } from '../../src/match/index.ts';
import { caseLines, rooms } from './small-registries.ts';

/** A sentence over a small registry, and the command that it must run: none, if it says the opposite. */
export interface NearCase {
  said: string;
  /** Undefined when nothing may run. */
  command: string | undefined;
  /** What ran, and how. */
  ran: string | undefined;
  via: string | undefined;
  /** Whether it was kept aside while the rules were made. */
  isHeldOut: boolean;
}

const values: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  en: {
    door: ['front', 'back'],
    feed: ['news', 'sports', 'music'],
    thing: ['box', 'crate', 'pump', 'charger'],
  },
  de: {
    door: ['Haustür', 'Kellertür'],
    feed: ['Sport', 'Nachrichten'],
    thing: ['Kiste', 'Lampe', 'Kabel'],
  },
  fr: {
    feed: ['sport', 'info'],
    thing: ['caisse', 'lampe'],
  },
  es: {
    feed: ['deportes', 'noticias'],
    thing: ['caja', 'lámpara'],
  },
};

/** Reads the cases of a language and runs them. Every second one of each kind is held out. */
export function nearCases(language: string): NearCase[] {
  const seen = { opposite: 0, typo: 0 };
  const lists = { room: rooms[language]!, ...values[language]! };
  return caseLines('near-cases', language, { isCase: /^[!~]/, values: lists }).flatMap(
    ({ line, matcher }): NearCase[] => {
      const [, kind, command, said] = /^([!~]) (?:(\S+): )?(.*)$/.exec(line) ?? [];
      if (said === undefined) return [];
      const { match } = understandText(matcher, said);
      const isHeldOut = seen[kind === '!' ? 'opposite' : 'typo']++ % 2 === 1;
      return [{ said, command, ran: match?.command, via: match?.via, isHeldOut }];
    },
  );
}
