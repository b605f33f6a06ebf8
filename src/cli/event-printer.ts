import type { HeedEvent } from '../events/event.ts';
import type { Heed } from '../heed.ts';
import { printJson } from './program.ts';

/** Prints events as they are published: as JSON lines for programs, or as text for people. */
export class EventPrinter {
  /** The number of commands that were completed and that failed, of phrases that were no command, and of errors. */
  readonly counts = { completed: 0, failed: 0, unmatched: 0, errors: 0 };

  constructor(heed: Heed, isJson: boolean) {
    for (const { message, file, line } of heed.registry.problems) {
      console.error(`! ${file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `}${message}`);
    }
    heed.bus.subscribe({}, (event) => {
      this.#count(event);
      if (isJson) printJson(event);
      else printForPeople(event);
    });
  }

  #count({ type }: HeedEvent): void {
    if (type === 'command.completed') this.counts.completed++;
    else if (type === 'command.failed' || type === 'command.refused') this.counts.failed++;
    else if (type === 'command.unmatched') this.counts.unmatched++;
    else if (type === 'error') this.counts.errors++;
  }
}

function printForPeople(event: HeedEvent): void {
  const line = describe(event);
  if (line !== undefined) console.log(line);
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
    case 'error':
      return `✗ ${event.message}`;
    default:
      return undefined;
  }
}
