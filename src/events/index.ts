export { commonSession, EventBus, type EventBusOptions } from './event-bus.ts';
export { eventJson } from './event-json.ts';
export { isWanted, type EventFilter, type EventListener } from './listeners.ts';
export { eventJsonSchema } from './json-schema.ts';
export { eventSchema, eventTypes, type EventBody, type EventOf, type EventType, type HeedEvent } from './event.ts';
export { signatureOf } from './signature.ts';
export { WebhookSink } from './webhook-sink.ts';
