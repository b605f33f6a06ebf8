/**
 * Turns successive readings of growing audio into a text whose beginning never changes. Words on which two readings in
 * a row agree are committed (LocalAgreement-2, Liu et al. 2020, "Low-Latency Sequence-to-Sequence Speech Recognition").
 */
export class PartialAgreement {
  #committed: string[] = [];
  #previous: string[] = [];

  /** Takes the newest reading. Returns the committed text, and the whole text, which begins with the committed one. */
  update(reading: string): { committed: string; text: string } {
    const words = reading.split(/\s+/).filter((word) => word !== '');
    let agreed = 0;
    while (
      agreed < words.length &&
      agreed < this.#previous.length &&
      bare(words[agreed]!) === bare(this.#previous[agreed]!)
    )
      agreed++;
    // The last word agreed on may still grow ("eight" → "eighteen"), so it is committed only once another follows it.
    for (let i = this.#committed.length; i < agreed - 1; i++) this.#committed.push(words[i]!);
    this.#previous = words;
    const text = [...this.#committed, ...words.slice(this.#committed.length)].join(' ');
    return { committed: this.#committed.join(' '), text };
  }
}

/** The word without case and punctuation, since readings may differ in these and still agree. */
function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
