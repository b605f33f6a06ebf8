/** A status line. On a terminal it is rewritten in place; elsewhere each phase prints a plain line. */
export class Progress {
  #isTerminal = process.stderr.isTTY === true;
  #label = '';
  #shownPercent = -1;

  start(label) {
    this.#label = label;
    this.#shownPercent = -1;
    process.stderr.write(this.#isTerminal ? `  ${label} …` : `  ${label} …\n`);
  }

  /** @param {number} fraction 0–1 */
  update(fraction, detail = '') {
    const percent = Math.floor(fraction * 100);
    const step = this.#isTerminal ? 1 : 25;
    if (percent < this.#shownPercent + step) return;
    this.#shownPercent = percent;
    const filled = Math.round(fraction * 24);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(24 - filled)} ${String(percent).padStart(3)} % ${detail}`;
    process.stderr.write(
      this.#isTerminal ? `\r\x1b[K  ${this.#label} ${bar}` : `  ${this.#label} ${percent} % ${detail}\n`,
    );
  }

  done(note = 'done') {
    process.stderr.write(this.#isTerminal ? `\r\x1b[K✓ ${this.#label}: ${note}\n` : `✓ ${this.#label}: ${note}\n`);
  }

  fail() {
    if (this.#isTerminal) process.stderr.write('\n');
  }
}
