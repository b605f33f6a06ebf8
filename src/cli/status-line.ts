import { LiveLine } from './live-line.ts';

/** Shows progress on standard error: on a terminal in one line that rewrites itself, elsewhere in a line per phase. */
export class StatusLine {
  readonly #line = new LiveLine();
  #phase = '';

  show(phase: string, doneBytes: number, totalBytes?: number): void {
    const percent =
      totalBytes === undefined ? '' : ` ${Math.floor((100 * doneBytes) / totalBytes)} % of ${megabytes(totalBytes)}`;
    this.#line.show(`  ${phase}${percent}`);
    if (!this.#line.isShown && phase !== this.#phase) process.stderr.write(`  ${phase} …\n`);
    this.#phase = phase;
  }

  clear(): void {
    this.#line.clear();
    this.#phase = '';
  }
}

/** Writes a size for people. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
