import { context, isSpanContextValid, ROOT_CONTEXT, trace, type Span, type Tracer } from '@opentelemetry/api';
import type { EventBody } from '../events/event.ts';
import { UtteranceSpans } from './utterance-spans.ts';

/**
 * The OpenTelemetry spans of one session. An utterance is a trace of its own, with a link to the span of its session,
 * because a session may last for days. No span holds anything that was said. Where no SDK is registered, each utterance
 * costs one call that does nothing.
 */
export class SessionSpans {
  readonly #id: string;
  readonly #tracer: Tracer;
  /** Begun where the session is opened, so it belongs to whatever opened it. */
  readonly #session: Span;
  /** The utterances that are spoken, read or run, by segment. */
  readonly #open = new Map<string, UtteranceSpans>();

  constructor(sessionId: string) {
    this.#id = sessionId;
    this.#tracer = trace.getTracer('heed');
    this.#session = this.#tracer.startSpan('heed.session', {}, context.active());
  }

  /** Takes every event of the session. */
  event(body: EventBody): void {
    switch (body.type) {
      case 'session.started':
        this.#session.setAttributes({
          'heed.session.id': this.#id,
          'heed.language': body.language,
          ...(body.backend === undefined ? {} : { 'heed.backend': body.backend }),
        });
        break;
      case 'session.ended':
        for (const utterance of this.#open.values()) utterance.end({ 'heed.outcome': 'dropped' });
        this.#open.clear();
        this.#session.setAttribute('heed.end.reason', body.reason);
        this.#session.end();
        break;
      case 'speech.started': {
        const utterance = this.#start({ 'heed.source': 'speech', 'heed.segment.id': body.segment_id });
        if (utterance) this.#open.set(body.segment_id, utterance);
        break;
      }
      case 'speech.ended':
        this.#open.get(body.segment_id)?.set({ 'heed.end.reason': body.reason });
        // No reading follows.
        if (body.reason === 'misfire' || body.reason === 'playing') this.#end(body.segment_id);
        break;
      case 'segment.final': {
        const utterance = this.#open.get(body.segment_id);
        utterance?.set({
          'heed.duration': body.duration,
          'heed.confidence': body.confidence,
          'heed.language': body.language,
          'heed.is_speech': body.text !== '',
          ...(body.addressed === false ? { 'heed.outcome': 'not-addressed' } : {}),
        });
        // What is to be interpreted is so at once, before this microtask. Everything else ends here.
        queueMicrotask(() => {
          if (utterance?.isInterpreted === false) this.#end(body.segment_id);
        });
        break;
      }
      case 'command.planned':
      case 'command.completed':
      case 'command.failed':
      case 'command.refused':
      case 'command.unmatched':
        this.#open.get(body.segment_id ?? '')?.set({ 'heed.outcome': body.type.replace('command.', '') });
        break;
      case 'error':
        if (body.segment_id !== undefined) {
          this.#open.get(body.segment_id)?.fail(body.code);
          this.#end(body.segment_id);
        }
        break;
      default: // The other events add nothing to a span.
    }
  }

  /** Returns the spans of a segment that is being spoken or read; undefined where nothing is recorded. */
  of(segmentId: string): UtteranceSpans | undefined {
    return this.#open.get(segmentId);
  }

  /** Interprets a phrase as a part of its utterance, which ends with it; a typed phrase is an utterance as well. */
  async interpret(
    segmentId: string | undefined,
    work: (utterance: UtteranceSpans | undefined) => Promise<void>,
  ): Promise<void> {
    const utterance = segmentId === undefined ? this.#start({ 'heed.source': 'typed' }) : this.#open.get(segmentId);
    if (!utterance) return work(undefined);
    utterance.isInterpreted = true;
    try {
      await context.with(utterance.context, () => work(utterance));
    } finally {
      utterance.end();
      if (segmentId !== undefined) this.#open.delete(segmentId);
    }
  }

  #start(attributes: Record<string, string>): UtteranceSpans | undefined {
    const span = this.#tracer.startSpan(
      'heed.utterance',
      {
        root: true,
        links: [{ context: this.#session.spanContext() }],
        attributes: { 'heed.session.id': this.#id, ...attributes },
      },
      ROOT_CONTEXT,
    );
    return isSpanContextValid(span.spanContext()) ? new UtteranceSpans(this.#tracer, span) : undefined;
  }

  #end(segmentId: string): void {
    this.#open.get(segmentId)?.end();
    this.#open.delete(segmentId);
  }
}
