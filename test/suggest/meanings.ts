import type { SentenceModel } from '../../src/suggest/index.ts';

/**
 * A model for which a sentence means what the table says: sentences with the same meaning are alike as far as the
 * number behind "×" says, all others have nothing in common.
 * @example new Meanings({ 'kill the lights': 'lights off × 0.9', 'turn off the lights': 'lights off' })
 */
export class Meanings implements SentenceModel {
  readonly asked: string[] = [];
  isClosed = false;
  readonly #table: Readonly<Record<string, string>>;
  readonly #axes = new Map<string, number>();

  constructor(table: Readonly<Record<string, string>>) {
    this.#table = table;
  }

  embed(sentences: readonly string[]): Promise<Float32Array[]> {
    this.asked.push(...sentences);
    return Promise.resolve(sentences.map((sentence) => this.#vectorOf(sentence)));
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  #vectorOf(sentence: string): Float32Array {
    const [meaning, share = '1'] = (this.#table[sentence] ?? sentence).split(' × ') as [string, string?];
    const vector = new Float32Array(256);
    vector[this.#axisOf(meaning)] = Number(share);
    vector[this.#axisOf(`${sentence} alone`)] = Math.sqrt(1 - Number(share) ** 2);
    return vector;
  }

  #axisOf(name: string): number {
    if (!this.#axes.has(name)) this.#axes.set(name, this.#axes.size);
    return this.#axes.get(name)!;
  }
}
