import { LiveLine } from './live-line.ts';

/** How much of some work is done. */
export interface Progress {
  /** The share that is done, 0–1. */
  share: number;
  /** A few words to show after the bar. */
  text: string;
}

const width = 24;
const everyMs = 100;

/** A progress bar on standard error. It shows nothing where standard error is no terminal. */
export class ProgressBar {
  readonly #title: string;
  readonly #line: LiveLine;
  #shownAtMs = -Infinity;

  constructor(title: string, stream?: NodeJS.WriteStream) {
    this.#title = title;
    this.#line = new LiveLine(stream);
  }

  show({ share, text }: Progress): void {
    const nowMs = performance.now();
    if (!this.#line.isShown || nowMs - this.#shownAtMs < everyMs) return;
    this.#shownAtMs = nowMs;
    const full = Math.round(share * width);
    const bar = '█'.repeat(full) + '░'.repeat(width - full);
    this.#line.show(`  ${this.#title} ${bar} ${String(Math.floor(100 * share)).padStart(3)} % ${text}`);
  }

  clear(): void {
    this.#line.clear();
    this.#shownAtMs = -Infinity;
  }
}

/** Formats a duration as `1:02:03` or `2:03`. */
export function clock(ms: number): string {
  const totalSeconds = Math.round(ms / 1000);
  const [hours, minutes, seconds] = [
    Math.floor(totalSeconds / 3600),
    Math.floor(totalSeconds / 60) % 60,
    totalSeconds % 60,
  ];
  const pad = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
}
