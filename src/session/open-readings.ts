import type { Config } from '../config/index.ts';
import type { EventBody } from '../events/event.ts';
import type { SessionSpans } from '../spans/index.ts';
import type { Transcriber } from '../transcribe/transcriber.ts';
import type { Spoken } from './addressing.ts';
import { segmentFields } from './segment-fields.ts';
import { SegmentReadings, type ReadingGrammar } from './segment-readings.ts';

/** What the readings of a session's segments need. */
export interface ReadingsOfSession {
  sessionId: string;
  config: Config;
  /** ISO 639-1 code, or "auto"; with "auto", `likelyLanguage` returns the one to try first. */
  language: string;
  likelyLanguage: () => string;
  transcriber: Transcriber;
  /** Returns what readings in a language are held to at the moment. */
  grammarOf: (language: string, spoken: Spoken) => ReadingGrammar;
  /** Whether a PIN is being asked for. */
  isSecret: () => boolean;
  publish: (body: EventBody) => void;
  spans: Pick<SessionSpans, 'of'>;
}

/** A segment that begins to be read. */
interface OpenedSegment {
  segmentId: string;
  startSample: number;
  spoken: Spoken;
  /** Whether it is read while it is spoken, too; by default, if the configuration says so. */
  partials?: boolean;
}

/** Opens the readings of one segment, whose partial ones are published. */
export function openReadings(
  { sessionId, config, language, likelyLanguage, transcriber, grammarOf, isSecret, publish, spans }: ReadingsOfSession,
  { segmentId, startSample, spoken, partials = config.transcribe.partials }: OpenedSegment,
): SegmentReadings {
  return new SegmentReadings({
    sessionId,
    segmentId,
    startSample,
    language,
    likelyLanguage: likelyLanguage(),
    config: { ...config.transcribe, partials },
    transcriber,
    grammarOf: (code) => grammarOf(code, spoken),
    onReading: (kind, reading) => spans.of(segmentId)?.reading(kind, reading),
    onPartial: ({ text, committed, endSample, transcript }) => {
      if (spoken.isSecret === true || isSecret()) return;
      publish({
        ...segmentFields({ id: segmentId, startSample, endSample }, transcript),
        type: 'segment.partial',
        text,
        committed,
        is_final: false,
        speech_final: false,
      });
    },
  });
}
