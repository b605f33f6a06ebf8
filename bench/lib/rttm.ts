/** A stretch of a recording in which one speaker talks. */
export interface Turn {
  startSeconds: number;
  endSeconds: number;
  speaker: string;
}

/**
 * Returns the turns of each recording that a text in NIST's RTTM names, in the order of its lines. Lines of other types
 * than SPEAKER and comments (;;) are left out. Throws on a SPEAKER line without the name of a recording, a start, a
 * duration and the name of a speaker.
 */
export function readRttm(text: string): Map<string, Turn[]> {
  const recordings = new Map<string, Turn[]>();
  for (const [index, line] of text.split('\n').entries()) {
    const [type, recording, , start, duration, , , speaker] = line.trim().split(/\s+/);
    if (type !== 'SPEAKER') continue;
    const startSeconds = Number(start);
    const endSeconds = startSeconds + Number(duration);
    if (recording === undefined || speaker === undefined || !(startSeconds >= 0 && endSeconds >= startSeconds)) {
      throw new Error(
        `line ${index + 1} of the RTTM: expected SPEAKER, recording, channel, start, duration, <NA>, <NA>, speaker, ` +
          `got '${line.trim()}'`,
      );
    }
    const turns = recordings.get(recording) ?? [];
    turns.push({ startSeconds, endSeconds, speaker });
    recordings.set(recording, turns);
  }
  return recordings;
}
