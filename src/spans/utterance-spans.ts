import {
  context,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { asHeedError } from '../errors.ts';
import type { Transcript } from '../types.ts';

/** How a phrase was understood, as far as it quotes nothing that was said. */
export interface UnderstoodPhrase {
  command: string | undefined;
  score: number | undefined;
  completeness: string;
  tookMs: number;
}

/** The spans of one utterance: one for the whole of it, and below that one for each step. */
export class UtteranceSpans {
  /** A context in which the utterance's span is active. */
  readonly context: Context;
  /** Whether the words have been handed on, so that the utterance ends with its commands. */
  isInterpreted = false;
  readonly #tracer: Tracer;
  readonly #span: Span;

  constructor(tracer: Tracer, span: Span) {
    this.#tracer = tracer;
    this.#span = span;
    this.context = trace.setSpan(ROOT_CONTEXT, span);
  }

  set(attributes: Attributes): void {
    this.#span.setAttributes(attributes);
  }

  /** Marks the utterance as failed. */
  fail(code: string): void {
    markFailed(this.#span, code);
  }

  end(attributes: Attributes = {}): void {
    this.#span.setAttributes(attributes);
    this.#span.end();
  }

  /** Follows a reading from its request to its result. */
  reading(kind: 'early' | 'final', reading: Promise<Transcript>): void {
    const span = this.#tracer.startSpan(`heed.${kind}-reading`, {}, this.context);
    reading.then(
      ({ inferenceMs, audioMs, language }) => {
        span.setAttributes({ 'heed.inference_ms': inferenceMs, 'heed.audio_ms': audioMs, 'heed.language': language });
        span.end();
      },
      (error: unknown) => {
        const { code } = asHeedError(error);
        // Speech went on, or a more urgent reading needed the worker: that is no failure.
        if (code === 'aborted') span.setAttribute('heed.outcome', 'aborted');
        else markFailed(span, code);
        span.end();
      },
    );
  }

  /** Adds the step in which the words were understood, which has only just ended. */
  understood({ command, score, completeness, tookMs }: UnderstoodPhrase): void {
    const endedAtMs = performance.now();
    const span = this.#tracer.startSpan(
      'heed.match',
      {
        startTime: endedAtMs - tookMs,
        attributes: {
          'heed.completeness': completeness,
          ...(command === undefined ? {} : { 'heed.command': command }),
          ...(score === undefined ? {} : { 'heed.score': score }),
        },
      },
      this.context,
    );
    span.end(endedAtMs);
  }

  /** Runs a command's handler in a span of its own, below which the handler's own spans lie. */
  async handler<T>(command: string, run: () => Promise<T>): Promise<T> {
    const span = this.#tracer.startSpan('heed.handler', { attributes: { 'heed.command': command } }, this.context);
    try {
      return await context.with(trace.setSpan(this.context, span), run);
    } catch (error) {
      // The message of an error may quote the speaker, so only its kind is recorded.
      markFailed(span, asHeedError(error).code);
      throw error;
    } finally {
      span.end();
    }
  }
}

function markFailed(span: Span, code: string): void {
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
