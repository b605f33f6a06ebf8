import type { HeedError } from '../errors.ts';
import { sampleRateHz } from '../types.ts';
import { closed, type Diarization, type SpeakerStream } from './diarization.ts';
import type { Heard, Who } from './stream-diarizer.ts';

/**
 * A stream of voices that goes on in another thread when its own is lost. Whoever speaks then gets a new number, since
 * nobody knows any more what those before sounded like.
 */
export class KeptStream implements SpeakerStream {
  readonly #onHeard: (heard: Heard) => void;
  readonly #onClose: () => void;
  #inner: SpeakerStream | undefined;
  /** Why there is no thread. */
  #reason: HeedError | undefined;
  #samples = 0;
  /** How many seconds of the stream, and how many of its speakers, there were before the present thread. */
  #startSeconds = 0;
  #firstSpeaker = 0;
  /** How many numbers have been told. */
  #speakers = 0;
  #isClosed = false;

  constructor(onHeard: (heard: Heard) => void, onClose: () => void) {
    this.#onHeard = onHeard;
    this.#onClose = onClose;
  }

  /** Goes on in a thread. */
  attach(thread: Pick<Diarization, 'openStream'>): void {
    this.#startSeconds = this.#samples / sampleRateHz;
    this.#firstSpeaker = this.#speakers;
    this.#inner = thread.openStream(({ end, speakers }) =>
      this.#onHeard({ end: end + this.#startSeconds, speakers: speakers.map((speaker) => this.#tell(speaker)) }),
    );
  }

  /** Takes the loss of the thread. */
  detach(reason: HeedError): void {
    this.#inner = undefined;
    this.#reason = reason;
  }

  push(...[samples, state]: Parameters<SpeakerStream['push']>): void {
    this.#samples += samples.length;
    this.#inner?.push(samples, state);
  }

  async ready(): Promise<void> {
    await this.#inner?.ready();
  }

  async who(start: number, end: number): Promise<Who> {
    if (this.#isClosed) throw closed();
    if (!this.#inner) throw this.#reason ?? closed();
    const [before, first] = [this.#startSeconds, this.#firstSpeaker];
    if (end <= before) return { turns: [], similarities: [] };
    const { turns, similarities } = await this.#inner.who(Math.max(0, start - before), end - before);
    return {
      turns: turns.map((turn) => ({
        speaker: this.#tell(turn.speaker, first),
        start: turn.start + before,
        end: turn.end + before,
      })),
      similarities: [...new Array<undefined>(first).fill(undefined), ...similarities],
    };
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#inner?.close();
    this.#onClose();
  }

  #tell(speaker: number, first = this.#firstSpeaker): number {
    this.#speakers = Math.max(this.#speakers, first + speaker + 1);
    return first + speaker;
  }
}
