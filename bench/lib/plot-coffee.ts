import { tag, writeSvg } from './svg.ts';

/** Means over 6 to 24 dB of kitchen noise, as the speech-to-intent benchmark publishes them, %. */
const published: readonly [string, number][] = [
  ['Rhino', 98.1],
  ['LUIS', 90.6],
  ['Watson', 89.1],
  ['Lex', 85.4],
  ['Dialogflow', 78.9],
];
const size = { width: 720, height: 360, left: 56, right: 170, top: 24, bottom: 44 };
const least = 70;

/** Draws the shares of whole orders right by signal-to-noise ratio, beside the published means, into an SVG file. */
export function plotCoffee(path: string, right: Record<string, number>): void {
  const ratios = Object.keys(right)
    .filter((condition) => condition !== 'clean')
    .map(Number)
    .sort((a, b) => a - b);
  const [low = 6, high = 24] = [ratios[0], ratios.at(-1)];
  const x = (snrDb: number): number =>
    size.left + ((snrDb - low) / Math.max(1, high - low)) * (size.width - size.left - size.right);
  const y = (share: number): number =>
    size.top + ((100 - share) / (100 - least)) * (size.height - size.top - size.bottom);
  const line = ratios.map((ratio) => `${x(ratio)},${y(right[ratio]!)}`).join(' ');
  const parts = [
    ...[70, 80, 90, 100].map(
      (share) =>
        tag('line', { x1: size.left, x2: x(high), y1: y(share), y2: y(share), stroke: '#ddd' }) +
        tag('text', { x: size.left - 8, y: y(share) + 4, 'text-anchor': 'end' }, `${share} %`),
    ),
    ...ratios.map(
      (ratio) => `<text x="${x(ratio)}" y="${size.height - size.bottom + 20}" text-anchor="middle">${ratio}</text>`,
    ),
    tag(
      'text',
      { x: (size.left + x(high)) / 2, y: size.height - 6, 'text-anchor': 'middle' },
      'signal to kitchen noise, dB',
    ),
    ...published.map(
      ([name, share]) =>
        tag('line', {
          x1: size.left,
          x2: x(high),
          y1: y(share),
          y2: y(share),
          stroke: '#999',
          'stroke-dasharray': '4 4',
        }) + tag('text', { x: x(high) + 8, y: y(share) + 4, fill: '#666' }, `${name} ${share} (mean)`),
    ),
    `<polyline points="${line}" fill="none" stroke="#0a7d5a" stroke-width="3"/>`,
    ...ratios.map((ratio) => `<circle cx="${x(ratio)}" cy="${y(right[ratio]!)}" r="4" fill="#0a7d5a"/>`),
    `<text x="${size.left + 8}" y="${size.top - 8}" fill="#0a7d5a">heed: whole orders right</text>`,
  ];
  writeSvg(path, size, parts);
}
