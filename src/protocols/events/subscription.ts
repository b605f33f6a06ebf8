import { HeedError } from '../../errors.ts';
import { isWanted, type EventFilter, type HeedEvent } from '../../events/index.ts';
import type { ServerContext } from '../../server/context.ts';
import { standAloneErrorEvent } from '../../server/public-error.ts';

/** What a subscriber wants. */
export interface SubscriptionOptions extends EventFilter {
  /** Id of the last event the subscriber got. */
  lastEventId?: string | undefined;
  /** Takes an event; `isLive` is false for what is older than the subscription and stands outside the order of ids. */
  send: (event: HeedEvent, isLive: boolean) => void;
}

/**
 * Gives a subscriber the kept states or, after an interruption, what it missed, then every event as it is published.
 * Answers the function that ends it.
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
      `The events after ${lastEventId} are not kept any more. This subscription goes on from now.`,
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
