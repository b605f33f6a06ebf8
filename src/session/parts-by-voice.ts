import type { SpeechSegment } from '../types.ts';
import type { Spoken } from './addressing.ts';
import type { SegmentPart } from './delivery.ts';
import { openReadings, type ReadingsOfSession } from './open-readings.ts';
import type { FinalReading } from './segment-readings.ts';
import type { SegmentVoice } from './segment-voice.ts';
import type { SessionVoices } from './session-voices.ts';

/** A segment that has ended in a session that tells voices apart. */
interface EndedSegment {
  voices: SessionVoices;
  segment: SpeechSegment;
  /** The final reading of all of it, which counts if one person spoke it. */
  reading: Promise<FinalReading>;
  /** Absent where nobody needs to know whose voice it is. */
  voice: SegmentVoice | undefined;
  spoken: Spoken;
}

/** Cuts a segment where another person goes on, so that the words of two never make one command. */
export async function partsByVoice(
  readings: ReadingsOfSession,
  { voices, segment, reading: whole, voice: heardOf, spoken }: EndedSegment,
): Promise<SegmentPart[]> {
  whole.catch(() => undefined);
  const who = await voices.who(segment);
  // A PIN stays whole: by itself, a part of one might not look like one, and would be told.
  const parts = spoken.isSecret === true ? [segment] : voices.parts(segment, who);
  // One after the other, because all at once would take every worker from the other speakers.
  let previous: Promise<unknown> = Promise.resolve();
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    const own: SpeechSegment = {
      ...segment,
      ...part,
      id: index === 0 ? segment.id : `${segment.id}.${index + 1}`,
      endReason: isLast ? segment.endReason : 'silence',
      samples: segment.samples.subarray(part.startSample - segment.startSample, part.endSample - segment.startSample),
    };
    const reading = parts.length === 1 ? whole : previous.then(() => read(readings, own, spoken));
    previous = reading.catch(() => undefined);
    const voice = heardOf?.part(part.startSample, part.endSample);
    const marked = Promise.all([reading, voice?.heard]).then(([transcript, heard]) =>
      voices.mark(transcript, part, who, heard),
    );
    marked.catch(() => undefined);
    return { segment: own, reading: marked, voice };
  });
}

async function read(
  session: ReadingsOfSession,
  { id, startSample, endSample, samples }: SpeechSegment,
  spoken: Spoken,
): Promise<FinalReading> {
  // All of its sound is there already, so that there is nothing to read meanwhile.
  const readings = openReadings(session, { segmentId: id, startSample, spoken, partials: false });
  try {
    readings.append(samples);
    return await readings.final(endSample);
  } finally {
    readings.close();
  }
}
