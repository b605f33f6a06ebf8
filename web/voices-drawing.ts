import { element, svg } from './dom.ts';
import { voiceClass, voiceName } from './voice-names.ts';

/** Somebody spoke, seconds since the session began. */
export interface SpokenTurn {
  speaker: string;
  name?: string | undefined;
  start: number;
  end: number;
  /** Whether somebody else spoke at the same time. */
  isOverlap: boolean;
}

/** How much of the session is drawn, s. */
const shownSeconds = 60;
/** The size of a row of the drawing. */
const [width, rowHeight] = [600, 16];

/** Draws who spoke when in the last minute: a row for each voice. Moments with several voices are outlined. */
export function voicesDrawing(turns: readonly SpokenTurn[]): Node[] {
  const end = Math.max(0, ...turns.map((turn) => turn.end));
  const start = Math.max(0, end - shownSeconds);
  const shown = turns.filter((turn) => turn.end > start);
  const speakers = [...new Set(shown.map(({ speaker }) => speaker))].sort();
  if (speakers.length === 0) return [];
  const x = (seconds: number): number => ((Math.max(start, seconds) - start) / Math.max(1, end - start)) * width;
  const nameOf = (speaker: string): string =>
    voiceName(speaker, shown.findLast((turn) => turn.speaker === speaker)?.name);
  const drawing = svg(
    'svg',
    {
      class: 'who-spoke',
      viewBox: `0 0 ${width} ${rowHeight * speakers.length}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': spokenTurns(shown, speakers, nameOf),
    },
    ...shown.map((turn) =>
      svg('rect', {
        class: `${voiceClass(turn.speaker)}${turn.isOverlap ? ' is-overlap' : ''}`,
        x: x(turn.start).toFixed(1),
        y: `${speakers.indexOf(turn.speaker) * rowHeight + 2}`,
        width: Math.max(2, x(turn.end) - x(turn.start)).toFixed(1),
        height: `${rowHeight - 4}`,
      }),
    ),
  );
  const legend = element(
    'ul',
    { class: 'who-legend', 'aria-hidden': 'true' },
    ...speakers.map((speaker) => element('li', { class: `voice ${voiceClass(speaker)}` }, nameOf(speaker))),
  );
  return [drawing, legend];
}

/** Describes the drawing in words. */
function spokenTurns(
  turns: readonly SpokenTurn[],
  speakers: readonly string[],
  nameOf: (speaker: string) => string,
): string {
  const parts = speakers.map((speaker) => {
    const seconds = turns
      .filter((turn) => turn.speaker === speaker)
      .reduce((sum, { start, end }) => sum + end - start, 0);
    return `${nameOf(speaker)} ${seconds.toFixed(1)} s`;
  });
  const overlaps = turns.filter(({ isOverlap }) => isOverlap).length;
  return `Who spoke in the last minute: ${parts.join(', ')}${overlaps > 0 ? '; some of it at the same time' : ''}.`;
}
