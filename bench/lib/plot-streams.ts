import { tag, writeSvg } from './svg.ts';

const size = { width: 640, height: 360, left: 64, right: 110, top: 24, bottom: 44 };
const [leastMs, goalMs] = [1, 100];
const curves = [
  { name: 'p50', color: '#0a7d5a' },
  { name: 'p99', color: '#b3541e' },
] as const;

/** Draws the lag of frames by the number of streams, on a logarithmic scale, into an SVG file. */
export function plotStreams(path: string, lags: { streams: number; p50Ms: number; p99Ms: number }[]): void {
  const most = Math.max(...lags.map(({ streams }) => streams));
  const decades = Math.max(3, Math.ceil(Math.log10(Math.max(...lags.map(({ p99Ms }) => p99Ms)))));
  const x = (streams: number): number => size.left + (streams / most) * (size.width - size.left - size.right);
  const y = (ms: number): number =>
    size.height - size.bottom - (Math.log10(Math.max(leastMs, ms)) / decades) * (size.height - size.top - size.bottom);
  const parts = [
    ...Array.from({ length: decades + 1 }, (_, n) => 10 ** n).map(
      (ms) =>
        tag('line', { x1: size.left, x2: x(most), y1: y(ms), y2: y(ms), stroke: '#ddd' }) +
        tag('text', { x: size.left - 8, y: y(ms) + 4, 'text-anchor': 'end' }, `${ms} ms`),
    ),
    tag('line', {
      x1: size.left,
      x2: x(most),
      y1: y(goalMs),
      y2: y(goalMs),
      stroke: '#999',
      'stroke-dasharray': '4 4',
    }),
    ...lags.map(
      ({ streams }) =>
        `<text x="${x(streams)}" y="${size.height - size.bottom + 20}" text-anchor="middle">${streams}</text>`,
    ),
    tag(
      'text',
      { x: (size.left + x(most)) / 2, y: size.height - 6, 'text-anchor': 'middle' },
      'microphones, a tenth of them speaking',
    ),
    ...curves.flatMap(({ name, color }) => {
      const points = lags.map((lag) => [x(lag.streams), y(lag[`${name}Ms`])] as const);
      const [lastX = 0, lastY = 0] = points.at(-1) ?? [];
      return [
        tag('polyline', {
          points: points.map((point) => point.join(',')).join(' '),
          fill: 'none',
          stroke: color,
          'stroke-width': 3,
        }),
        ...points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="4" fill="${color}"/>`),
        `<text x="${lastX + 8}" y="${lastY + 4}" fill="${color}">lag ${name}</text>`,
      ];
    }),
  ];
  writeSvg(path, size, parts);
}
