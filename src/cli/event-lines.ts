import type { Writable } from 'node:stream';
import { HeedError } from '../errors.ts';
import { eventJson, type EventListener } from '../events/index.ts';
import { standAloneErrorEvent } from '../server/public-error.ts';

/** What may wait for whoever reads the lines, bytes. */
const maxWaitingBytes = 2 * 1024 * 1024;

/**
 * Returns a listener that writes each event as a line of JSON. While too much waits, because nobody reads, events are
 * left out; then a line says how many.
 */
export function eventLines(stream: Pick<Writable, 'write' | 'writableLength'>): EventListener {
  let missed = 0;
  return (event) => {
    if (stream.writableLength > maxWaitingBytes) {
      missed++;
      return;
    }
    if (missed > 0) {
      const message = `${missed} events were left out here, because these lines were read too slowly.`;
      stream.write(`${eventJson(standAloneErrorEvent(new HeedError('events-lost', message), 'heed'))}\n`);
      missed = 0;
    }
    stream.write(`${eventJson(event)}\n`);
  };
}
