import type { Config } from '../config/index.ts';
import { asHeedError } from '../errors.ts';
import type { EventBody } from '../events/event.ts';
import type { PhraseSource, Understood } from './interpreter.ts';
import { hasEvidence } from '../match/evidence.ts';
import { PhraseParts } from './phrase-parts.ts';
import { segmentFields } from './segment-fields.ts';
import type { SessionTrace } from '../trace/index.ts';
import type { EndReason, SpeechSegment, Transcript } from '../types.ts';
import type { FinalReading } from './segment-readings.ts';

/** How a segment came to its end. */
export interface Endpoint {
  /** When speech was noticed, `performance.now()` ms. */
  startedAtMs: number;
  /** When it ended, and when the speaker had fallen silent, `performance.now()` ms. */
  endedAtMs: number;
  spokenAtMs: number;
  /** Silence that was waited for, ms. */
  silenceMs: number;
  /** What the words in the last pause had to do with it, if they were read by then. */
  decision: string | undefined;
}

/** What delivering needs. */
export interface DeliveryOptions {
  config: Config['match'];
  publish: (body: EventBody) => void;
  /** Whether what was heard is a command or an answer of this moment. */
  expects: (transcript: Transcript) => boolean;
  /** How a whole phrase would be understood. */
  understand: (transcript: Transcript) => Understood;
  /** Takes a whole phrase; the next segment does not wait for its command. */
  interpret: (text: string, source: PhraseSource) => void;
  /** Told the language of each segment that was speech. */
  onLanguage: (language: string) => void;
  trace?: SessionTrace;
}

const endpointWords: Record<EndReason, string> = {
  silence: 'silence, before its words were read',
  complete: 'a whole command',
  'max-length': 'as long as a segment may be',
  flush: 'the client ended it',
};

/**
 * Ended segments on their way to events and commands: read side by side, delivered in the order in which they ended.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #phrase = new PhraseParts();
  #tail: Promise<void> = Promise.resolve();

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Takes the next segment that ended, and its reading, which runs already. */
  add(segment: SpeechSegment, reading: Promise<FinalReading>, endpoint: Endpoint): void {
    // Its error is told in its turn.
    reading.catch(() => undefined);
    this.#tail = this.#tail
      .then(() => reading)
      .then(
        (transcript) => this.#deliver(segment, transcript, endpoint),
        (error: unknown) => this.#fail(segment, error),
      );
  }

  /** Resolves when all that was added has been delivered; its commands may still run. */
  settled(): Promise<void> {
    return this.#tail;
  }

  #deliver(segment: SpeechSegment, reading: FinalReading, endpoint: Endpoint): void {
    const { config, publish, expects, understand, interpret, onLanguage, trace } = this.#options;
    trace?.read(reading);
    const isSpeech = hasEvidence(reading, config, () => expects(reading));
    if (isSpeech) onLanguage(reading.language);
    const phrase = this.#phrase.add(segment, isSpeech ? reading : undefined);
    const understood = phrase && understand(phrase);
    const timing = { ...timingOf(reading, endpoint), ...(understood ? { match: understood.matchMs } : {}) };
    publish({
      ...segmentFields(segment, isSpeech ? reading : { ...reading, text: '', words: [] }),
      type: 'segment.final',
      is_final: true,
      speech_final: segment.endReason !== 'max-length',
      no_speech: reading.noSpeechProbability,
      timing,
      endpoint: isOwnDecision(segment)
        ? (endpoint.decision ?? endpointWords[segment.endReason])
        : endpointWords[segment.endReason],
    });
    if (!phrase || !understood) return;
    const speech = { startedAtMs: endpoint.startedAtMs, confidence: leastConfidence(phrase) };
    interpret(phrase.text, {
      segmentId: segment.id,
      transcript: phrase,
      speech,
      understood,
      language: phrase.language,
      spokenAtMs: endpoint.spokenAtMs,
      timing,
    });
  }

  #fail(segment: SpeechSegment, error: unknown): void {
    this.#phrase.fail(segment);
    const { code, message } = asHeedError(error);
    this.#options.publish({ type: 'error', code, message, segment_id: segment.id });
  }
}

function leastConfidence({ words, confidence }: Transcript): number {
  return words.length === 0 ? confidence : Math.min(...words.map((word) => word.confidence));
}

/** Silence ends a segment by what its words are; a cut and a flush don't ask. */
function isOwnDecision({ endReason }: SpeechSegment): boolean {
  return endReason === 'silence' || endReason === 'complete';
}

/**
 * Milliseconds by stage: `silence` waited for, `waited` from the endpoint to the text, `reading` of the audio from
 * asking to having, of which
 * `queue` waiting for a worker and `inference` computing.
 */
function timingOf(
  { inferenceMs, readingMs, stageMs }: FinalReading,
  { endedAtMs, silenceMs }: Endpoint,
): Record<string, number> {
  return {
    silence: silenceMs,
    waited: performance.now() - endedAtMs,
    reading: readingMs,
    queue: Math.max(0, readingMs - inferenceMs),
    inference: inferenceMs,
    ...stageMs,
  };
}
