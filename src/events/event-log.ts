import type { EventBus } from './event-bus.ts';
import type { EventType, HeedEvent } from './event.ts';
import type { Log, LogDetails, LogLevel } from '../log.ts';

/** The events that are logged, with their levels. Partials and states are left out, as there are too many of them. */
const levels: Partial<Record<EventType, LogLevel>> = {
  'session.started': 'info',
  'session.ended': 'info',
  'commands.changed': 'info',
  'command.planned': 'info',
  'command.cancelled': 'info',
  'command.missed': 'info',
  'command.completed': 'info',
  'command.failed': 'info',
  'command.refused': 'info',
  'command.unmatched': 'info',
  error: 'info',
  'speech.started': 'debug',
  'speech.ended': 'debug',
  'segment.final': 'debug',
  'command.matched': 'debug',
  prompt: 'debug',
};

/** Writes what happens in the sessions to the log: who, which and how long, but not what was said. */
export function logEvents(bus: EventBus, log: Log, options: { level: LogLevel; transcripts: boolean }): void {
  const wanted: LogLevel[] = options.level === 'debug' ? ['info', 'debug'] : options.level === 'info' ? ['info'] : [];
  const types = (Object.keys(levels) as EventType[]).filter((type) => wanted.includes(levels[type]!));
  if (types.length === 0) return;
  bus.subscribe({ types }, (event) =>
    log(event.type, {
      level: levels[event.type]!,
      session: event.session_id,
      ...('segment_id' in event ? { segment: event.segment_id } : {}),
      ...('command' in event ? { command: event.command } : {}),
      ...fieldsOf(event),
      ...(options.transcripts ? wordsOf(event) : {}),
    }),
  );
}

/** What a line says of an event without quoting anybody. Messages and reasons may quote, so they are not in here. */
function fieldsOf(event: HeedEvent): LogDetails {
  switch (event.type) {
    case 'session.started':
      return { language: event.language, backend: event.backend };
    case 'session.ended':
    case 'speech.ended':
      return { reason: event.reason };
    case 'commands.changed':
      return { commands: event.commands.length, problems: event.problems.length };
    case 'segment.final':
      return { duration_s: event.duration, confidence: event.confidence };
    case 'command.matched':
      return { score: event.score, via: event.via };
    case 'command.planned':
    case 'command.cancelled':
    case 'command.missed':
      return { due: event.due };
    case 'command.completed':
      return { took_ms: Math.round(event.duration_ms) };
    case 'command.failed':
      return { took_ms: Math.round(event.duration_ms), code: event.code };
    case 'prompt':
      return { kind: event.kind };
    case 'error':
      return { code: event.code };
    default:
      return {};
  }
}

/** What was said and answered. */
function wordsOf(event: HeedEvent): LogDetails {
  switch (event.type) {
    case 'segment.final':
    case 'prompt':
      return { text: event.text };
    case 'command.matched':
      return { phrase: event.phrase, args: JSON.stringify(event.args) };
    case 'command.planned':
    case 'command.cancelled':
    case 'command.missed':
      return { phrase: event.phrase, args: JSON.stringify(event.args) };
    case 'command.completed':
      return { say: event.say };
    case 'command.failed':
    case 'error':
      return { text: event.message };
    case 'command.refused':
      return { text: event.reason };
    case 'command.unmatched':
      return { text: event.text, why: event.reason };
    default:
      return {};
  }
}
