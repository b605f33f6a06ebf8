/** How much of a worker's standard error is kept, and how much of its last line is told, in characters. */
const [maxKept, maxTold] = [2_000, 300];

/** Node ends its reports with stacks, of JavaScript and of native code, and with its version. */
const ofStack = /^\s+at |^\s*\d+: |^-{3,}|^Node\.js v/;

/** What a process wrote last to its standard error, which may say why it ended. */
export class LastWords {
  #text = '';

  add(text: string): void {
    this.#text = (this.#text + text).slice(-maxKept);
  }

  /** The last line that says something, which those of a stack do not. */
  get line(): string {
    const lines = this.#text.split('\n').filter((line) => line.trim() !== '' && !ofStack.test(line));
    return (lines.at(-1) ?? '').trim().slice(0, maxTold);
  }
}
