import { InvalidArgumentError, type Command } from 'commander';
import { openJournalFile, usualJournalFile, type JournalEntry } from '../journal/index.ts';
import { printable } from '../log.ts';
import type { CliHost } from './host.ts';
import { configOf, exitCodes, printJson, verb, type CommonOptions } from './program.ts';

interface JournalOptions extends CommonOptions {
  since?: number;
  purge?: number | true;
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `heed journal` shows what has been done, or forgets it. */
export function journalVerb({ done }: Pick<CliHost, 'done'>): Command {
  return verb('journal', 'Show which commands ran and how they ended, or forget them', [
    'heed journal',
    'heed journal --since 2h --json',
    'heed journal --since 2026-01-31',
    'heed journal --purge      # everything',
    'heed journal --purge 7d   # what is older than a week',
  ])
    .option('--since <time>', 'only what is newer: an age such as 90s, 15m, 2h or 7d, or a date', parseTime)
    .option('--purge [time]', 'forget everything, or what is older than this', parseTime)
    .action(async (options: JournalOptions) => {
      const { journal, maxJournal: max } = configOf(options).dispatch;
      const file = await openJournalFile({ path: journal || usualJournalFile, max });
      try {
        file.takeUnknown();
        if (options.purge !== undefined) {
          const count = file.purge(options.purge === true ? {} : { untilMs: options.purge });
          if (options.json === true) printJson({ type: 'purged', entries: count });
          else console.log(`${count} ${count === 1 ? 'entry is' : 'entries are'} forgotten.`);
        } else {
          const entries = file.list(options.since === undefined ? {} : { fromMs: options.since });
          for (const entry of entries)
            if (options.json === true) printJson({ type: 'entry', ...entry });
            else console.log(printable(entryText(entry)));
        }
      } finally {
        file.close();
      }
      done(exitCodes.done);
    });
}

/** Returns a time in ms since 1970, from an age or a date. */
function parseTime(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const timeMs =
    unit === undefined ? Date.parse(text) : Date.now() - Number(count) * unitMs[unit as keyof typeof unitMs];
  if (Number.isNaN(timeMs)) throw new InvalidArgumentError('an age such as 2h or 7d, or a date, was expected.');
  return timeMs;
}

function entryText({ time, status, command, args, phrase, plan, outcome }: JournalEntry): string {
  const detail =
    outcome?.status === 'failed' ? `: ${outcome.message}` : outcome?.status === 'refused' ? `: ${outcome.reason}` : '';
  const due = plan ? ` for ${plan.due}` : '';
  return `${time}  ${status.padEnd(7)}  ${command} ${JSON.stringify(args)}  “${phrase}”${due}${detail}`;
}
