import type { Outcome, Utterance } from './utterances.ts';

const sources: Record<Utterance['source'], string> = { spoken: 'Heard', typed: 'Typed', heed: 'heed' };
const statuses: Record<Outcome['status'], string> = {
  running: 'Running',
  unfinished: 'Unfinished',
  done: 'Done',
  failed: 'Failed',
  refused: 'Not done',
  unmatched: 'Not understood',
};

/** Writes a transcript, newest first, as text for people, oldest first. */
export function transcriptText(utterances: readonly Utterance[]): string {
  return [...utterances]
    .reverse()
    .map(({ time, source, text, understood, said, outcomes }) =>
      [
        `${time === undefined ? '' : `${localTime(time)}  `}${sources[source]}: ${text}`,
        ...(understood === undefined ? [] : [`understood as: ${understood}`]),
        ...said,
        ...outcomes.map(({ status, command, text: result }) =>
          [`${statuses[status]}${command === '' ? '' : ` (${command})`}`, result].filter(Boolean).join(': '),
        ),
      ].join('\n    '),
    )
    .map((paragraph) => `${paragraph}\n`)
    .join('\n');
}

/** Writes a transcript, newest first, as JSON for programs, oldest first. */
export function transcriptJson(utterances: readonly Utterance[]): string {
  const exported = [...utterances].reverse().map(({ time, source, text, understood, said, outcomes }) => ({
    time,
    source,
    text,
    understood,
    said,
    outcomes: outcomes.map(({ status, command, text: result, candidates }) => ({
      status,
      command,
      text: result,
      near: candidates.map(({ command: name, phrase, score }) => ({ command: name, phrase, score })),
    })),
  }));
  return `${JSON.stringify({ utterances: exported }, undefined, 2)}\n`;
}

/** Writes a time as 2030-01-31 14:05:09, in the time zone of this machine. */
function localTime(time: string): string {
  const date = new Date(time);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), pad(date.getMonth() + 1), pad(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(pad).join(':')}`;
}
