import { HeedError } from '../../errors.ts';
import { isWanted, type EventFilter, type HeedEvent } from '../../events/index.ts';
import type { Told } from '../../server/backlog.ts';
import type { ServerContext } from '../../server/context.ts';
import { standAloneErrorEvent } from '../../server/public-error.ts';

/** Who gets the events. */
export interface Subscriber {
  /** Called once there is a place, before anything is sent. */
  open?(): void;
  /** Sends the events that were missed, before all others. */
  begin(missed: Iterable<Told>): void;
  send(text: string, event: HeedEvent): void;
  /** `isLive` is false for kept states and errors, which do not come in the order of ids. */
  textOf(event: HeedEvent, isLive: boolean): string;
}

/** What a subscriber wants. */
export interface SubscriptionOptions extends EventFilter {
  /** The id of the last event that the subscriber got. */
  lastEventId?: string | undefined;
}

/**
 * Sends a subscriber the kept states or, after an interruption, the events that it missed; then every event when it is
 * published. Returns the function that ends the subscription.
 * @throws HeedError `too-many` when all places are taken
 */
export function openSubscription(
  { gateway, subscribers }: ServerContext,
  { types, session, lastEventId }: SubscriptionOptions,
  subscriber: Subscriber,
): () => void {
  const leave = subscribers.take();
  subscriber.open?.();
  const filter = { types, session };
  const send = (event: HeedEvent, isLive: boolean): void => subscriber.send(subscriber.textOf(event, isLive), event);
  const missed = lastEventId === undefined ? undefined : gateway.bus.since(lastEventId);
  if (lastEventId !== undefined && !missed) {
    const lost = new HeedError(
      'not-found',
      `The events after ${lastEventId} are no longer kept. This subscription begins with the next event.`,
    );
    send(standAloneErrorEvent(lost, 'heed'), false);
  }
  if (missed) subscriber.begin(textsOf(missed, filter, subscriber));
  else for (const event of gateway.bus.stateEvents()) if (isWanted(event, filter)) send(event, false);
  const stop = gateway.bus.subscribe(filter, (event) => send(event, true));
  return () => {
    stop();
    leave();
  };
}

function* textsOf(events: readonly HeedEvent[], filter: EventFilter, subscriber: Subscriber): Generator<Told> {
  for (const event of events) if (isWanted(event, filter)) yield { text: subscriber.textOf(event, true) };
}
