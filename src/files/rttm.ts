import type { SpeakerTurn } from './speakers.ts';

/** Writes turns in NIST's RTTM: type, recording, channel, start and duration in seconds, and who speaks. */
export function toRttm(turns: readonly SpeakerTurn[], recording: string): string {
  return turns
    .map(({ speaker, startMs, endMs }) => {
      const [start, duration] = [startMs, endMs - startMs].map((ms) => (ms / 1000).toFixed(3));
      return `SPEAKER ${field(recording)} 1 ${start} ${duration} <NA> <NA> ${field(speaker)} <NA> <NA>\n`;
    })
    .join('');
}

/** Spaces separate the fields of a line. */
function field(text: string): string {
  return text.trim().replace(/\s+/g, '_') || '<NA>';
}
