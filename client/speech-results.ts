import type { RecognitionResult, RecognitionResultEvent, RecognitionResultList } from './speech-events.ts';

/** Collects the results of one recognition. */
export class Results {
  readonly #finals: RecognitionResult[] = [];
  /** The segments that have begun and are not final yet, in the order of speaking. */
  readonly #open: string[] = [];
  /** What was said before a cut at the maximum length. */
  #begun = '';
  #hasInterim = false;

  /** Speech has begun. */
  begin(segmentId: string): void {
    this.#open.push(segmentId);
  }

  /** Speech turned out to be none. */
  drop(segmentId: string): void {
    const at = this.#open.indexOf(segmentId);
    if (at >= 0) this.#open.splice(at, 1);
  }

  /** Takes words that may still change. Returns nothing while those of an earlier segment are awaited. */
  interim(segmentId: string, text: string, confidence: number): ResultChange | undefined {
    if (this.#open[0] !== segmentId) return undefined;
    this.#hasInterim = true;
    return this.#change([...this.#finals, resultOf(joined(this.#begun, text), confidence, { isFinal: false })]);
  }

  /**
   * Takes the words of a segment, and returns what changes; `isEnd` is false where the phrase goes on in the next one.
   * With `withInterim`, words that may still change always come before those that may not: some libraries need that.
   */
  final(segmentId: string, text: string, { confidence, isEnd, withInterim }: FinalOptions): ResultChange[] {
    this.drop(segmentId);
    const whole = joined(this.#begun, text);
    this.#begun = isEnd ? '' : whole;
    if (!isEnd || whole === '') return [];
    const changes = (withInterim && !this.#hasInterim ? [false, true] : [true]).map((isFinal) =>
      this.#change([...this.#finals, resultOf(whole, confidence, { isFinal })]),
    );
    this.#finals.push(changes.at(-1)!.results.at(-1)!);
    this.#hasInterim = false;
    return changes;
  }

  /** The results so far, without any that may still change. */
  get all(): RecognitionResultList {
    return listOf(this.#finals);
  }

  #change(results: readonly RecognitionResult[]): ResultChange {
    return { resultIndex: this.#finals.length, results: listOf(results) };
  }
}

/** What the event `result` tells. */
export type ResultChange = Pick<RecognitionResultEvent, 'resultIndex' | 'results'>;

/** How a segment ended. */
interface FinalOptions {
  confidence: number;
  isEnd: boolean;
  withInterim: boolean;
}

/** Removes the punctuation of sentences, which libraries for voice commands do not expect. */
export function withoutPunctuation(text: string): string {
  return text
    .replace(/[.,!?;:…]+(?=\s|$)|[¿¡"“”„«»]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function joined(before: string, text: string): string {
  return `${before} ${text}`.trim();
}

function resultOf(transcript: string, confidence: number, { isFinal }: { isFinal: boolean }): RecognitionResult {
  return withItem([Object.freeze({ transcript, confidence })], { isFinal });
}

function listOf(results: readonly RecognitionResult[]): RecognitionResultList {
  return withItem([...results], {});
}

function withItem<T, F extends object>(
  entries: T[],
  fields: F,
): readonly T[] & F & { item(at: number): T | undefined } {
  return Object.freeze(Object.assign(entries, fields, { item: (index: number) => entries[index] }));
}
