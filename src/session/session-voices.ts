import { asHeedError } from '../errors.ts';
import type { EventBody } from '../events/event.ts';
import type { Heard, SpeakerStream, Who } from '../speakers/index.ts';
import {
  sampleRateHz,
  type AudioFrame,
  type HeardVoice,
  type Speaker,
  type SpeechSegment,
  type Transcript,
  type VoiceScore,
} from '../types.ts';
import { cutPoints, mainSpeaker, speakerBetween } from './who-spoke.ts';

/** A part of a segment, spoken by one person. */
export type Part = Pick<SpeechSegment, 'startSample' | 'endSample'>;

/** What the voices of a session need. */
export interface SessionVoicesOptions {
  /** Opens the stream of samples. */
  open: (onHeard: (heard: Heard) => void) => SpeakerStream;
  publish: (body: EventBody) => void;
  /** The names of all who are known by voice at the moment. */
  knownNames: () => readonly string[];
  /** How long a segment waits to be told who spoke it, ms; as long as it takes if not given, as for recordings. */
  deadlineMs?: number;
}

/** A segment, and the id of who spoke it, if that could be told. */
interface Judged extends Part {
  segmentId: string;
  speaker: string | undefined;
}

/** Somebody who has not spoken for so long has left, seconds. */
const leaveAfterSeconds = 60;
/** How much of what follows a segment is waited for before it is judged who spoke, seconds. */
const hindsightSeconds = 2.5;
/**
 * A frame that is less surely speech is not. The models hear voices that are too quiet or far to be a segment, so that
 * this is lower than where one begins.
 */
export const leastProbability = 0.1;
/** How many segments wait to be judged again. */
const maxWaiting = 20;

/** Follows who speaks in a session, and says of each segment who spoke it. */
export class SessionVoices {
  readonly #publish: (body: EventBody) => void;
  readonly #stream: SpeakerStream;
  readonly #deadlineMs: number | undefined;
  /** When each speaker was last heard, seconds of the stream, by number. */
  readonly #present = new Map<number, number>();
  /** Who speakers turned out to be, by number. */
  readonly #names = new Map<number, VoiceScore>();
  readonly #knownNames: () => readonly string[];
  /** Segments whose speaker may yet turn out to be another. */
  #judged: Judged[] = [];
  #hasFailed = false;

  constructor({ open, publish, knownNames, deadlineMs }: SessionVoicesOptions) {
    this.#publish = publish;
    this.#knownNames = knownNames;
    this.#deadlineMs = deadlineMs;
    this.#stream = open((heard) => this.#onHeard(heard));
  }

  /** Takes the stream's next frame and its speech probability; undefined where heed itself may be speaking. */
  frame({ samples }: AudioFrame, probability: number | undefined): void {
    const hasSpeech = probability !== undefined && probability >= leastProbability;
    this.#stream.push(probability === undefined ? new Float32Array(samples.length) : samples, { hasSpeech });
  }

  /** Resolves when the stream is not behind; for recordings, which have time. */
  ready(): Promise<void> {
    return this.#stream.ready();
  }

  /**
   * Says who spoke within a segment. Never rejects: if that cannot be told, or not in time, nobody did. An `error` says
   * why it cannot be told, once; what comes too late is told by a correction.
   */
  async who(part: Part): Promise<Who | undefined> {
    const found = this.#whoWithin(part);
    if (this.#deadlineMs === undefined) return found;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), this.#deadlineMs);
    });
    return Promise.race([found, late]).finally(() => clearTimeout(timer));
  }

  /** Cuts a segment where another person goes on speaking; a segment of one voice is one part. */
  parts(part: Part, who: Who | undefined): Part[] {
    const cuts = cutPoints(who?.turns ?? [], ...secondsOf(part)).map((seconds) => Math.round(seconds * sampleRateHz));
    const edges = [part.startSample, ...cuts, part.endSample];
    return edges.slice(1).map((edge, i) => ({ startSample: edges[i]!, endSample: edge }));
  }

  /** Adds to a reading who spoke it, and who each of its words. The speaker of a known voice gets its name. */
  mark<T extends Transcript>(transcript: T, part: Part, who: Who | undefined, heard?: HeardVoice): T {
    if (!who) return transcript;
    const [start, end] = secondsOf(part);
    const main = mainSpeaker(who.turns, start, end);
    const [best] = heard && !heard.doubt ? heard.scores : [];
    if (main !== undefined && best && best.score >= heard!.threshold) this.#learnName(main, best);
    const words = transcript.words.map((word) => {
      const found = speakerBetween(who.turns, start + word.startMs / 1000, start + word.endMs / 1000);
      const speaker = found.speaker ?? main;
      return {
        ...word,
        ...(speaker === undefined ? {} : { speaker: idOf(speaker) }),
        ...(found.isOverlap ? { isOverlap: true } : {}),
      };
    });
    return main === undefined
      ? { ...transcript, words }
      : { ...transcript, words, speaker: this.#speakerOf(main, who) };
  }

  /** Remembers who spoke a segment whose event was published, so that a later look may correct it. */
  published({ id, startSample, endSample }: Part & { id: string }, speaker: Speaker | undefined): void {
    const judged: Judged = { segmentId: id, startSample, endSample, speaker: speaker?.id };
    this.#judged = [...this.#judged.slice(1 - maxWaiting), judged];
  }

  close(): void {
    this.#stream.close();
  }

  #onHeard({ end, speakers }: Heard): void {
    const joined = speakers.filter((speaker) => !this.#present.has(speaker));
    for (const speaker of speakers) this.#present.set(speaker, end);
    const left = [...this.#present].filter(([, last]) => end - last > leaveAfterSeconds).map(([speaker]) => speaker);
    for (const speaker of left) this.#present.delete(speaker);
    if (joined.length + left.length > 0) this.#tellPresent(joined, left);
    const isDue = ({ endSample }: Part): boolean => endSample / sampleRateHz + hindsightSeconds <= end;
    const due = this.#judged.filter(isDue);
    this.#judged = this.#judged.filter((judged) => !isDue(judged));
    for (const judged of due) void this.#judgeAgain(judged);
  }

  #learnName(speaker: number, known: VoiceScore): void {
    const before = this.#names.get(speaker)?.name;
    this.#names.set(speaker, known);
    // Whoever joins has not said enough yet to be known.
    if (known.name !== before && this.#present.has(speaker)) this.#tellPresent([], []);
  }

  #tellPresent(joined: readonly number[], left: readonly number[]): void {
    const present = [...this.#present.keys()].sort((a, b) => a - b);
    const names = [...present, ...left].flatMap((speaker) => {
      const known = this.#nameOf(speaker);
      return known ? [[idOf(speaker), known.name] as const] : [];
    });
    this.#publish({
      type: 'speakers',
      present: present.map(idOf),
      joined: joined.map(idOf),
      left: left.map(idOf),
      ...(names.length > 0 ? { names: Object.fromEntries(names) } : {}),
    });
  }

  async #judgeAgain({ segmentId, speaker, ...part }: Judged): Promise<void> {
    const who = await this.#whoWithin(part);
    const main = who && mainSpeaker(who.turns, ...secondsOf(part));
    if (!who || main === undefined || idOf(main) === speaker) return;
    this.#publish({
      type: 'speaker.changed',
      segment_id: segmentId,
      speaker: this.#speakerOf(main, who),
      ...(speaker === undefined ? {} : { was: speaker }),
    });
  }

  #speakerOf(speaker: number, { similarities }: Pick<Who, 'similarities'>): Speaker {
    const known = this.#nameOf(speaker);
    if (known) return { id: idOf(speaker), ...known };
    return { id: idOf(speaker), score: Math.min(1, Math.max(0, similarities[speaker] ?? 0)) };
  }

  /** A voice that was forgotten has no name any more, in sessions that are open as well. */
  #nameOf(speaker: number): VoiceScore | undefined {
    const known = this.#names.get(speaker);
    return known && this.#knownNames().includes(known.name) ? known : undefined;
  }

  async #whoWithin(part: Part): Promise<Who | undefined> {
    try {
      return await this.#stream.who(...secondsOf(part));
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  #fail(error: unknown): void {
    const { code, message } = asHeedError(error);
    if (code === 'closed' || this.#hasFailed) return;
    this.#hasFailed = true;
    this.#publish({ type: 'error', code, message });
  }
}

/** Where a part begins and ends, seconds of the stream. */
function secondsOf({ startSample, endSample }: Part): [start: number, end: number] {
  return [startSample / sampleRateHz, endSample / sampleRateHz];
}

function idOf(speaker: number): string {
  return `speaker${speaker + 1}`;
}
