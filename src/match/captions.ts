/**
 * What the model writes for sounds that are no words: "[BLANK_AUDIO]", "(door closes)", "*sighs*", "♪"; the last one
 * may still be open.
 */
const captions = /\([^)]*(?:\)|$)|\[[^\]]*(?:\]|$)|\*[^*]*(?:\*|$)|♪/gu;

/** The words of a reading, without what it says of other sounds. */
export function withoutCaptions(text: string): string {
  return text.replace(captions, ' ').replace(/\s+/g, ' ').trim();
}
