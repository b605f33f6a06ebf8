/** Shows progress on standard error: on a terminal in one line that rewrites itself, elsewhere in a line per phase. */
export class StatusLine {
  readonly #isTerminal = process.stderr.isTTY;
  #shown = '';

  show(phase: string, doneBytes: number, totalBytes?: number): void {
    const percent =
      totalBytes === undefined ? '' : ` ${Math.floor((100 * doneBytes) / totalBytes)} % of ${megabytes(totalBytes)}`;
    const line = this.#isTerminal ? `${phase}${percent}` : phase;
    if (line === this.#shown) return;
    this.#shown = line;
    process.stderr.write(this.#isTerminal ? `\r\x1b[K  ${line}` : `  ${line} …\n`);
  }

  clear(): void {
    if (this.#isTerminal && this.#shown !== '') process.stderr.write('\r\x1b[K');
    this.#shown = '';
  }
}

/** Writes a size for people. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
