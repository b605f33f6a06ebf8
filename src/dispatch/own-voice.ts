import { countWords, isPartOf } from './answer-words.ts';

/**
 * The time that a speech synthesizer takes before it speaks, and for each letter. These are the times of a slow one, so
 * that no echo is missed.
 */
const speaking = { beforeMs: 500, perLetterMs: 80 };
/** How long the sound card and the echo of the room go on after the client says that it has stopped speaking. */
const tailMs = 300;
/** A segment that began while heed was speaking has ended this much later at the latest. */
const longestSegmentMs = 60_000;

interface Said {
  /** The text with the hint that was put before it. */
  whole: string;
  text: string;
  /** When a client that speaks has finished speaking it, at the latest. */
  untilMs: number;
}

/**
 * Remembers what heed said to a speaker, to recognise it in the microphone: clients may speak it through a loudspeaker.
 */
export class OwnVoice {
  #said: Said[] = [];
  #playing: 'untold' | 'on' | 'off' = 'untold';
  #endedAtMs = -Infinity;

  /**
   * Records that heed said something, perhaps after a hint. `nowMs` is of the session's clock: a client that speaks
   * begins then, or when it has finished what was said before.
   */
  add(text: string, nowMs: number, hint?: string): void {
    const whole = hint === undefined ? text : `${hint} ${text}`;
    this.#said = this.#said.filter(({ untilMs }) => untilMs >= nowMs - longestSegmentMs);
    const beginMs = Math.max(nowMs, this.#said.at(-1)?.untilMs ?? nowMs);
    this.#said.push({ whole, text, untilMs: beginMs + speaking.beforeMs + speaking.perLetterMs * whole.length });
  }

  /** Records that the client has begun, or stopped, to speak. */
  setPlaying(isPlaying: boolean, nowMs: number): void {
    if (this.#playing === 'on' && !isPlaying) this.#endedAtMs = nowMs;
    this.#playing = isPlaying ? 'on' : 'off';
  }

  /** Whether the client has said that it was speaking at that time, or had stopped only just before. */
  wasPlaying(atMs: number): boolean {
    return this.#playing === 'on' || atMs < this.#endedAtMs + tailMs;
  }

  /**
   * Whether words that began at a time are probably heed's own: they are at least half of a text that was being spoken
   * then, or may have been. A smaller part is not enough, because an answer to "Red or green?" repeats a part of the
   * question. The answer to a yes-or-no question repeats nothing: there, `isPartToo` takes any part for an echo.
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
