import type { Config } from '../config/index.ts';
import { resemblesPin } from '../dispatch/index.ts';
import { asHeedError } from '../errors.ts';
import type { EventBody } from '../events/event.ts';
import type { Spoken } from './addressing.ts';
import type { PhraseSource, Understood } from './phrase-source.ts';
import { hasEvidence } from '../match/evidence.ts';
import { PhraseParts } from './phrase-parts.ts';
import { segmentFields } from './segment-fields.ts';
import type { SessionTrace } from '../trace/index.ts';
import type { EndReason, PhraseVoice, SpeechSegment, Transcript } from '../types.ts';
import type { FinalReading } from './segment-readings.ts';

/** How and when a segment ended. */
export interface Endpoint {
  spoken: Spoken;
  /** When the endpoint was decided, `performance.now()` ms. */
  endedAtMs: number;
  /** When the speaker had fallen silent, ms of the session's clock. */
  spokenAtMs: number;
  /** Whether its sound came late, because the line was down. */
  isLate: boolean;
  /** The silence that passed before the segment was ended, ms. */
  silenceMs: number;
  /** The reason that the words gave for the endpoint decision; undefined when they had not been read by then. */
  decision: string | undefined;
}

/** A segment, or a part of one, with its final reading, which is already under way. */
export interface SegmentPart {
  segment: SpeechSegment;
  reading: Promise<FinalReading>;
  /** Whose voice it is; undefined where that is not looked at. */
  voice?: PhraseVoice | undefined;
}

/** What a `Delivery` needs. */
export interface DeliveryOptions {
  config: Config['match'];
  publish: (body: EventBody) => void;
  /** Whether the reading is a command that can be given now, or an answer to the open question. */
  expects: (transcript: Transcript, spoken: Spoken) => boolean;
  /** Returns how a whole phrase would be understood, without running anything. */
  understand: (transcript: Transcript, spoken: Spoken) => Understood;
  /** Whether it matters whose voice answers the question that is open. */
  needsVoice: () => boolean;
  /** Takes a whole phrase and returns at once, so that the next segment does not wait for its command. */
  interpret: (text: string, source: PhraseSource) => void;
  /** Called after the event `segment.final` of each segment. */
  onFinal?: (segment: SpeechSegment, reading: FinalReading) => void;
  /** Called with the language of each segment that was speech. */
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
 * Takes ended segments to events and commands. Their final readings may run side by side, but they are delivered in the
 * order in which they were spoken, because a later command may depend on an earlier one.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #phrase = new PhraseParts();
  #tail: Promise<void> = Promise.resolve();

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Takes the next segment that ended, and its final reading, which is already under way. */
  add(part: SegmentPart, endpoint: Endpoint): void {
    // `#fail` publishes the error when the segment's turn comes; until then it must not count as unhandled.
    part.reading.catch(() => undefined);
    this.#tail = this.#tail.then(() => this.#deliverNext(part, endpoint));
  }

  /** The same for a segment of which it must yet be found out whether it is several, spoken by different people. */
  addParts(whole: SpeechSegment, parts: Promise<readonly SegmentPart[]>, endpoint: Endpoint): void {
    parts.catch(() => undefined);
    this.#tail = this.#tail
      .then(() => parts)
      .then(
        async (found) => {
          for (const part of found) await this.#deliverNext(part, endpoint);
        },
        (error: unknown) => this.#fail(whole, error),
      );
  }

  /** Resolves when every segment added so far has been delivered; their commands may still be running. */
  settled(): Promise<void> {
    return this.#tail;
  }

  #deliverNext(part: SegmentPart, endpoint: Endpoint): Promise<void> {
    // Whatever fails, the segments that follow must be delivered.
    return part.reading
      .then((transcript) => this.#deliver(part, transcript, endpoint))
      .catch((error: unknown) => this.#fail(part.segment, error));
  }

  async #deliver({ segment, voice: own }: SegmentPart, reading: FinalReading, endpoint: Endpoint): Promise<void> {
    const { config, publish, expects, understand, interpret, needsVoice, onFinal, onLanguage, trace } = this.#options;
    trace?.read(reading);
    const isSpeech = hasEvidence(reading, config, () => expects(reading, endpoint.spoken));
    if (isSpeech) onLanguage(reading.language);
    const whole = this.#phrase.add(segment, isSpeech ? { transcript: reading, voice: own } : undefined);
    const phrase = whole?.transcript;
    const understood = phrase && understand(phrase, endpoint.spoken);
    // While a PIN is asked for, words that look like one are told to nobody.
    const isSecret = endpoint.spoken.isSecret === true && resemblesPin(reading.text, reading.language);
    const timing = { ...timingOf(reading, endpoint), ...(understood ? { match: understood.matchMs } : {}) };
    publish({
      ...segmentFields(segment, isSpeech && !isSecret ? reading : { ...reading, text: '', words: [] }),
      type: 'segment.final',
      is_final: true,
      speech_final: segment.endReason !== 'max-length',
      no_speech: reading.noSpeechProbability,
      timing,
      endpoint: isOwnDecision(segment)
        ? (endpoint.decision ?? endpointWords[segment.endReason])
        : endpointWords[segment.endReason],
      ...(understood?.isTalk === true ? { addressed: false } : {}),
    });
    onFinal?.(segment, reading);
    if (!phrase || !understood) return;
    const voice = whole?.voice;
    // Whether an answer counts is decided at once, so it must be known by then whose it is.
    if (voice && needsVoice()) await voice.heard;
    const speech = {
      startedAtMs: endpoint.spoken.startedAtMs,
      confidence: leastConfidence(phrase),
      ...(voice ? { voice } : {}),
    };
    interpret(phrase.text, {
      segmentId: segment.id,
      transcript: phrase,
      speech,
      understood,
      language: phrase.language,
      spokenAtMs: endpoint.spokenAtMs,
      isLate: endpoint.isLate,
      ...(isSecret ? { isSecret } : {}),
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

/** Whether the words had a say in the endpoint decision: a cut at the maximum length and a flush ignore them. */
function isOwnDecision({ endReason }: SpeechSegment): boolean {
  return endReason === 'silence' || endReason === 'complete';
}

/**
 * Milliseconds spent in each stage. `silence` is the silence before the segment was ended, `waited` the time from there
 * to the text, `reading` the time from requesting the reading to its result; of that, `queue` was spent waiting for a
 * worker and `inference` computing.
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
