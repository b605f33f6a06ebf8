import { HeedError } from '../../errors.ts';
import { isWanted, type EventFilter, type HeedEvent } from '../../events/index.ts';
import type { ServerContext } from '../../server/context.ts';
import { standAloneErrorEvent } from '../../server/public-error.ts';

/** What a subscriber wants. */
export interface SubscriptionOptions extends EventFilter {
  /** The id of the last event that the subscriber got. */
  lastEventId?: string | undefined;
  /** Takes an event; `isLive` is false for kept states and errors, which do not come in the order of ids. */
  send: (event: HeedEvent, isLive: boolean) => void;
}

/**
 * Sends a subscriber the kept states or, after an interruption, the events that it missed; then every event when it is
 * published. Returns the function that ends the subscription.
 * @throws HeedError `too-many` when all places are taken
 */
export function openSubscription(
  { gateway, subscribers }: ServerContext,
  { types, session, lastEventId, send }: SubscriptionOptions,
): () => void {
  const leave = subscribers.take();
  const filter = { types, session };
  const missed = lastEventId === undefined ? undefined : gateway.bus.since(lastEventId);
  if (lastEventId !== undefined && !missed) {
    const lost = new HeedError(
      'not-found',
      `The events after ${lastEventId} are no longer kept. This subscription begins with the next event.`,
    );
    send(standAloneErrorEvent(lost, 'heed'), false);
  }
  if (!missed) for (const event of gateway.bus.stateEvents()) if (isWanted(event, filter)) send(event, false);
  for (const event of missed ?? []) if (isWanted(event, filter)) send(event, true);
  const stop = gateway.bus.subscribe(filter, (event) => send(event, true));
  return () => {
    stop();
    leave();
  };
}
