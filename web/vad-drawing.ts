import type { UtteranceTrace } from '../src/trace/utterance-trace.ts';
import { svg } from './dom.ts';

/** Size of the drawing's coordinates; it is stretched to the width of the page. */
const width = 600;
const height = 96;

/** The speech probability over the loudness, with the thresholds, the segment and the early readings. */
export function vadDrawing({ vad, start, end, early }: UtteranceTrace): SVGSVGElement {
  const frameS = vad.frame_ms / 1000;
  const lastS = vad.start + vad.probabilities.length * frameS;
  const x = (seconds: number): string => (((seconds - vad.start) / (lastS - vad.start)) * width).toFixed(1);
  const y = (share: number): string => ((1 - share) * height).toFixed(1);
  const loudest = Math.max(0.02, ...vad.levels);
  const area = (heights: number[]): string =>
    `M0 ${height}${heights.map((share, index) => `V${y(share)}H${x(vad.start + (index + 1) * frameS)}`).join('')}V${height}Z`;
  const line = vad.probabilities
    .map((share, index) => `${x(vad.start + (index + 0.5) * frameS)},${y(share)}`)
    .join(' ');
  const rule = (kind: string, seconds: number): SVGLineElement =>
    svg('line', { class: kind, x1: x(seconds), x2: x(seconds), y1: '0', y2: `${height}` });
  const threshold = (share: number): SVGLineElement =>
    svg('line', { class: 'vad-threshold', x1: '0', x2: `${width}`, y1: y(share), y2: y(share) });
  return svg(
    'svg',
    {
      class: 'vad',
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': spokenSummary({ vad, start, end, early }),
    },
    svg('rect', {
      class: 'vad-segment',
      x: x(start),
      y: '0',
      width: `${Number(x(end)) - Number(x(start))}`,
      height: `${height}`,
    }),
    svg('path', { class: 'vad-level', d: area(vad.levels.map((level) => level / loudest)) }),
    threshold(vad.positive_threshold),
    threshold(vad.negative_threshold),
    svg('polyline', { class: 'vad-probability', points: line }),
    ...early.map(({ at }) => rule('vad-early', at)),
    rule('vad-end', end),
  );
}

/** The drawing in words. */
export function spokenSummary({
  vad,
  start,
  end,
  early,
}: Pick<UtteranceTrace, 'vad' | 'start' | 'end' | 'early'>): string {
  const speechS = (vad.probabilities.filter((share) => share >= vad.positive_threshold).length * vad.frame_ms) / 1000;
  const pauses = early.length === 1 ? '1 pause' : `${early.length} pauses`;
  return (
    `Speech probability over ${((vad.probabilities.length * vad.frame_ms) / 1000).toFixed(1)} seconds: the segment lasts from ${start.toFixed(1)} to ${end.toFixed(1)} seconds, ` +
    `${speechS.toFixed(1)} seconds of it are speech, with ${pauses} in which it was read early.`
  );
}
