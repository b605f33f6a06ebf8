import { randomUUID } from 'node:crypto';
import type { Config } from '../config/index.ts';
import { msToSamples, type AudioFrame, type EndReason, type SpeechSegment } from '../types.ts';
import { FrameList, type JudgedFrame } from './frame-list.ts';
import { Onset } from './onset.ts';
import { OpenSegment } from './open-segment.ts';

/**
 * What the segmenter reports. The events of a segment are: start, audio …, resume after each fade or pause that turned
 * out not to be the end, and at last segment, misfire or dropped.
 */
export type SegmenterEvent =
  | { type: 'start'; segmentId: string; startSample: number; samples: Float32Array }
  | { type: 'audio'; samples: Float32Array }
  | { type: 'fade'; endSample: number }
  | { type: 'pause'; endSample: number; silenceSamples: number }
  | { type: 'resume' }
  | { type: 'segment'; segment: SpeechSegment }
  | { type: 'misfire' | 'dropped'; segmentId: string; startSample: number; endSample: number };

/**
 * Cuts a stream into segments of speech by the probabilities of its frames. It has no clock but the samples, and in
 * silence it keeps only the pre-roll. A segment begins a pre-roll before its speech, whose beginning is searched
 * backwards from where it was noticed. It ends where its last pause, or the fade before that, was reported, so that an
 * early reading at that place has read the whole segment. No sample is in two segments.
 */
export class Segmenter {
  readonly #config: Config['vad'];
  /** The frames that the next segment may begin with. */
  readonly #preRoll = new FrameList();
  readonly #onset: Onset;
  #open: OpenSegment | undefined;
  /** Samples before this one are in an earlier segment. */
  #usedSamples = 0;

  constructor(config: Config['vad']) {
    this.#config = config;
    this.#onset = new Onset(config);
  }

  /** Takes the stream's next frame and its speech probability, 0–1. */
  push(frame: AudioFrame, probability: number): SegmenterEvent[] {
    // Spelled out, because spreading takes ten times as long, for each frame of every stream.
    const judged = { samples: frame.samples, startSample: frame.startSample, probability };
    if (this.#open) return this.#continue(this.#open, judged);
    if (probability >= this.#config.positiveThreshold) return [this.#start(judged)];
    this.#keepPreRoll(judged);
    return [];
  }

  /** Ends the open segment now, because its words are a whole command. */
  complete(): SegmenterEvent[] {
    return this.#open ? [this.#end(this.#open, 'complete')] : [];
  }

  /**
   * Sets the silence that ends the open segment, ms, and the end reason that is reported then. It holds until speech
   * resumes; then `redemptionMs` applies again.
   */
  setWait(ms: number, endReason: 'silence' | 'complete' = 'silence'): void {
    if (this.#open) this.#open.wait = { samples: msToSamples(ms), endReason };
  }

  /** Must be called in a pause: the segment ends where the voice began to fade, not where the pause was noticed. */
  endAt(sample: number): void {
    this.#open?.endAt(sample);
  }

  /**
   * Ends the open segment because the stream is over or push-to-talk was released. The next segment has no pre-roll
   * from before.
   */
  flush(): SegmenterEvent[] {
    const events = this.#open ? [this.#end(this.#open, 'flush')] : [];
    this.#forget();
    return events;
  }

  /** Drops the open segment and everything that the next one might begin with. */
  drop(): SegmenterEvent[] {
    const open = this.#open;
    this.#open = undefined;
    this.#forget();
    if (!open) return [];
    return [{ type: 'dropped', segmentId: open.id, startSample: open.startSample, endSample: open.endSample }];
  }

  #start(frame: JudgedFrame): SegmenterEvent {
    const from = Math.max(this.#preRollFrom(frame.startSample), this.#usedSamples);
    return this.#begin(
      new OpenSegment({ id: randomUUID(), config: this.#config, preRoll: this.#preRoll.from(from), frames: [frame] }),
    );
  }

  #begin(open: OpenSegment): SegmenterEvent {
    this.#open = open;
    this.#forget();
    return { type: 'start', segmentId: open.id, startSample: open.startSample, samples: open.samples() };
  }

  #continue(open: OpenSegment, frame: JudgedFrame): SegmenterEvent[] {
    const before = open.state;
    open.push(frame);
    const events: SegmenterEvent[] = [];
    const { state, endSample, silenceSamples } = open;
    if (before !== 'speech' && state === 'speech') events.push({ type: 'resume' });
    events.push({ type: 'audio', samples: frame.samples });
    if (before !== state && state === 'fading') events.push({ type: 'fade', endSample });
    if (before !== state && state === 'paused') events.push({ type: 'pause', endSample, silenceSamples });
    if (silenceSamples >= open.wait.samples) events.push(this.#end(open, open.wait.endReason));
    else if (open.isTooLong) events.push(...this.#cut(open));
    return events;
  }

  /**
   * Ends a segment that is too long in its pause, or else at its quietest place; what follows that place begins the
   * next one.
   */
  #cut(open: OpenSegment): SegmenterEvent[] {
    if (open.state === 'paused') return [this.#end(open, 'max-length')];
    const rest = open.split(randomUUID());
    return [this.#end(open, 'max-length'), this.#begin(rest)];
  }

  #end(open: OpenSegment, endReason: EndReason): SegmenterEvent {
    const { id, startSample, endSample } = open;
    this.#open = undefined;
    for (const frame of open.framesFrom(open.isMisfire ? startSample : endSample)) this.#keepPreRoll(frame);
    if (open.isMisfire) return { type: 'misfire', segmentId: id, startSample, endSample };
    this.#usedSamples = endSample;
    return { type: 'segment', segment: { id, startSample, endSample, endReason, samples: open.samples() } };
  }

  #keepPreRoll(frame: JudgedFrame): void {
    this.#onset.push(frame);
    this.#preRoll.push(frame);
    this.#preRoll.dropBefore(this.#preRollFrom(this.#preRoll.endSample));
  }

  /**
   * Returns where a segment begins whose speech is noticed at a sample. At most half a segment lies between the two,
   * because a cut is always made in the second half.
   */
  #preRollFrom(noticedSample: number): number {
    const { preRollMs, maxSegmentMs } = this.#config;
    return Math.max(
      this.#onset.startBefore(noticedSample) - msToSamples(preRollMs),
      noticedSample - msToSamples(maxSegmentMs / 2),
    );
  }

  #forget(): void {
    this.#preRoll.clear();
    this.#onset.reset();
  }
}
