/** So many voices have a colour of their own. */
const voiceColours = 6;

/** "speaker2" is shown as "Voice 2", unless it has a name. */
export function voiceName(speaker: string, name?: string): string {
  return name ?? `Voice ${numberOf(speaker)}`;
}

/** The class that gives a voice its colour. */
export function voiceClass(speaker: string): string {
  return `voice-${(numberOf(speaker) - 1) % voiceColours}`;
}

function numberOf(speaker: string): number {
  return Number(speaker.replace(/^speaker/, ''));
}
