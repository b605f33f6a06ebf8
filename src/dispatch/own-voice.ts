import { countWords, isPartOf } from './answer-words.ts';

/** How long a synthesizer takes until it speaks, and for a letter: slow ones, so that an echo is not missed. */
const speaking = { beforeMs: 500, perLetterMs: 80 };
/** What a room and a sound card go on with after the end. */
const tailMs = 300;
/** A segment that began while heed spoke ends at the latest so much later. */
const longestSegmentMs = 60_000;

interface Said {
  /** With what stood before it. */
  whole: string;
  text: string;
  /** When speaking it would be over. */
  untilMs: number;
}

/**
 * What heed said to a speaker, and whether it may be what the microphone hears: clients may speak it through a
 * loudspeaker.
 */
export class OwnVoice {
  #said: Said[] = [];
  #playing: 'untold' | 'on' | 'off' = 'untold';
  #endedAtMs = -Infinity;

  /**
   * heed said something, perhaps after a hint, `performance.now()` ms; a client that speaks begins now, or after what
   * was said before.
   */
  add(text: string, nowMs: number, hint?: string): void {
    const whole = hint === undefined ? text : `${hint} ${text}`;
    this.#said = this.#said.filter(({ untilMs }) => untilMs >= nowMs - longestSegmentMs);
    const beginMs = Math.max(nowMs, this.#said.at(-1)?.untilMs ?? nowMs);
    this.#said.push({ whole, text, untilMs: beginMs + speaking.beforeMs + speaking.perLetterMs * whole.length });
  }

  /** The client begins, or has ended, to speak. */
  setPlaying(isPlaying: boolean, nowMs: number): void {
    if (this.#playing === 'on' && !isPlaying) this.#endedAtMs = nowMs;
    this.#playing = isPlaying ? 'on' : 'off';
  }

  /** Whether a client that tells of its speaking was speaking at a time, or just before. */
  wasPlaying(atMs: number): boolean {
    return this.#playing === 'on' || atMs < this.#endedAtMs + tailMs;
  }

  /**
   * Whether words that began at a time are rather heed's own: most of what was said, while it was spoken or may have
   * been. An answer to a question that names what can be answered repeats a small part of it; where it need not,
   * `isPartToo` takes any part of the question for an echo.
   */
  isEcho(text: string, startedAtMs: number, isPartToo: boolean): boolean {
    return this.#said.some((said) => {
      if (this.#playing === 'untold' ? startedAtMs > said.untilMs : !this.wasPlaying(startedAtMs)) return false;
      return (
        (isPartOf(text, said.whole) && 2 * countWords(text) >= countWords(said.whole)) ||
        (isPartToo && isPartOf(text, said.text))
      );
    });
  }
}
