const bars = 10;
/** What the meter shows as silence, dB below full scale. */
const quietDb = -60;

/** Draws the loudness of samples as a bar: empty at −60 dB and below, full at full scale. */
export function meter(samples: Float32Array): string {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const db = 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12);
  const full = Math.round(Math.min(1, Math.max(0, 1 - db / quietDb)) * bars);
  return '▮'.repeat(full) + '▯'.repeat(bars - full);
}

/** The last line of a terminal, which is rewritten in place below what is printed. Elsewhere there is no such line. */
export class LiveLine {
  readonly #stream: NodeJS.WriteStream;
  #shown = '';

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  /** Whether the stream is a terminal. */
  get isShown(): boolean {
    return this.#stream.isTTY;
  }

  show(text: string): void {
    if (!this.isShown) return;
    const line = [...text].slice(0, (this.#stream.columns || 80) - 1).join('');
    if (line === this.#shown) return;
    this.#shown = line;
    this.#stream.write(`\r\x1b[K${line}`);
  }

  /** Prints lines above the live one. */
  print(lines: string): void {
    const shown = this.#shown;
    this.clear();
    this.#stream.write(`${lines}\n`);
    this.show(shown);
  }

  clear(): void {
    if (this.#shown !== '') this.#stream.write('\r\x1b[K');
    this.#shown = '';
  }
}
