/**
 * Turns successive readings of growing audio into text whose beginning never changes: the words on which two readings
 * in a row agree are committed (LocalAgreement-2, Liu et al. 2020, "Low-Latency Sequence-to-Sequence Speech
 * Recognition").
 */
export class PartialAgreement {
  #committed: string[] = [];
  #previous: string[] = [];

  /** Takes the newest reading; answers the committed text and the whole text, which begins with it. */
  update(reading: string): { committed: string; text: string } {
    const words = reading.split(/\s+/).filter((word) => word !== '');
    let agreed = 0;
    while (
      agreed < words.length &&
      agreed < this.#previous.length &&
      bare(words[agreed]!) === bare(this.#previous[agreed]!)
    )
      agreed++;
    // The last agreed word may still grow ("eight" → "eighteen"): it is committed with its successor.
    for (let i = this.#committed.length; i < agreed - 1; i++) this.#committed.push(words[i]!);
    this.#previous = words;
    const text = [...this.#committed, ...words.slice(this.#committed.length)].join(' ');
    return { committed: this.#committed.join(' '), text };
  }
}

/** The word without case and punctuation, by which two readings are compared. */
function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
