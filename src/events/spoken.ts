import type { HeedEvent } from './event.ts';

/** Returns everything in an event that was said, or quotes what was said, so that the log can leave it out. */
export function spokenIn(event: HeedEvent): string[] {
  switch (event.type) {
    case 'segment.partial':
    case 'segment.final':
      return [event.text, ...event.words.map(({ word }) => word)];
    case 'command.matched':
      return [event.phrase, ...valuesOf(event.args)];
    case 'command.planned':
      return [event.phrase, event.say, ...valuesOf(event.args)];
    case 'command.cancelled':
    case 'command.missed':
      return [event.phrase, ...valuesOf(event.args)];
    case 'command.completed':
      return [event.say ?? '', ...valuesOf(event.args)];
    case 'command.failed':
      return [event.message, ...valuesOf(event.args)];
    case 'command.refused':
      return [event.reason, ...valuesOf(event.args)];
    case 'command.unmatched':
      return [event.text, event.reason, event.unknown?.words ?? ''];
    case 'prompt':
      return [event.text];
    default:
      return [];
  }
}

function valuesOf(args: Record<string, unknown>): string[] {
  return Object.values(args).map(String);
}
