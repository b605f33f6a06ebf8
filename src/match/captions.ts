/**
 * What the model writes for sounds that are not words: "[BLANK_AUDIO]", "(door closes)", "*sighs*", "♪". The last
 * bracket may still be open.
 */
const captions = /\([^)]*(?:\)|$)|\[[^\]]*(?:\]|$)|\*[^*]*(?:\*|$)|♪/gu;

/** Returns the words of a reading without its descriptions of other sounds. */
export function withoutCaptions(text: string): string {
  return text.replace(captions, ' ').replace(/\s+/g, ' ').trim();
}
