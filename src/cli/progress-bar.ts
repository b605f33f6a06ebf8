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
  readonly #stream: NodeJS.WriteStream;
  #shownAtMs = -Infinity;

  constructor(title: string, stream: NodeJS.WriteStream = process.stderr) {
    this.#title = title;
    this.#stream = stream;
  }

  show({ share, text }: Progress): void {
    const nowMs = performance.now();
    if (!this.#stream.isTTY || nowMs - this.#shownAtMs < everyMs) return;
    this.#shownAtMs = nowMs;
    const full = Math.round(share * width);
    const bar = '█'.repeat(full) + '░'.repeat(width - full);
    const line = `  ${this.#title} ${bar} ${String(Math.floor(100 * share)).padStart(3)} % ${text}`;
    this.#stream.write(`\r\x1b[K${line.slice(0, (this.#stream.columns || 80) - 1)}`);
  }

  clear(): void {
    if (this.#stream.isTTY && this.#shownAtMs > -Infinity) this.#stream.write('\r\x1b[K');
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
