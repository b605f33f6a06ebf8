import type { HeedEvent } from '../events/event.ts';
import type { Heed } from '../heed.ts';
import { printable } from '../log.ts';
import { printJson, printProblems } from './program.ts';

/** How events are printed. */
export interface PrinterOptions {
  /** Prints lines for people; default: standard output. */
  print?: (lines: string) => void;
}

/** Prints events as they are published: as JSON lines for programs, or as text for people. */
export class EventPrinter {
  /** The number of commands that were completed and that failed, of phrases that were no command, and of errors. */
  readonly counts = { completed: 0, failed: 0, unmatched: 0, errors: 0 };

  constructor(heed: Heed, isJson: boolean, { print = (lines) => console.log(lines) }: PrinterOptions = {}) {
    printProblems(heed.registry.problems);
    heed.bus.subscribe({}, (event) => {
      this.#count(event);
      if (isJson) printJson(event);
      else {
        const lines = describe(event);
        if (lines !== undefined) print(printable(lines));
      }
    });
  }

  #count({ type }: HeedEvent): void {
    if (type === 'command.completed' || type === 'command.planned') this.counts.completed++;
    else if (type === 'command.failed' || type === 'command.refused') this.counts.failed++;
    else if (type === 'command.unmatched') this.counts.unmatched++;
    else if (type === 'error') this.counts.errors++;
  }
}

function describe(event: HeedEvent): string | undefined {
  switch (event.type) {
    case 'segment.final':
      return event.text === '' ? undefined : `${event.start.toFixed(1).padStart(6)} s  “${event.text}”`;
    case 'command.matched':
      return (
        `        → ${event.command} ${JSON.stringify(event.args)} ` +
        `(${event.via}, ${Math.round(event.score * 100)} %)`
      );
    case 'command.completed':
      return event.say === undefined ? '        ✓ done' : `        ✓ ${event.say}`;
    case 'command.planned':
      return `        ⏲ ${event.say}${event.is_kept ? '' : ' (as long as heed runs)'}`;
    case 'command.cancelled':
      return `        ⏲ called off: ${event.phrase}`;
    case 'command.missed':
      return `        ✗ not run: ${event.phrase}. ${event.reason}`;
    case 'command.failed':
      return `        ✗ ${event.message}`;
    case 'command.refused':
      return `        ✗ refused: ${event.reason}`;
    case 'command.unmatched':
      return [
        `        ? ${event.reason}`,
        ...event.candidates.slice(0, 3).map((near) => `            near: ${near.phrase} (${near.reason})`),
      ].join('\n');
    case 'prompt':
      return `        ${event.kind === 'say' ? '💬' : '?'} ${event.text}`;
    case 'commands.changed':
      return [`↻ Commands: ${event.commands.join(', ')}.`, ...event.problems.map((problem) => `! ${problem}`)].join(
        '\n',
      );
    case 'error':
      return `✗ ${event.message}`;
    default:
      return undefined;
  }
}
