import { tag, writeSvg } from '../lib/svg.ts';
import type { Curve } from './curve.ts';

const size = { width: 820, height: 400, left: 56, right: 300, top: 28, bottom: 44 };
const colors = { right: '#0a7d5a', actedOn: '#b3341f' };
const dashes = ['', '8 4', '2 4', '8 3 2 3', '12 6', '4 2'];

/**
 * Draws both shares by threshold into an SVG file: commands right in green, acted on wrongly in red; each curve has its
 * dashes.
 */
export function plotCurves(path: string, curves: readonly Curve[]): void {
  const x = (threshold: number): number => size.left + threshold * (size.width - size.left - size.right);
  const y = (share: number): number => size.top + ((100 - share) / 100) * (size.height - size.top - size.bottom);
  const lines = curves.flatMap(({ name, points }, index) => {
    const dash = dashes[index % dashes.length]!;
    const legendY = size.top + 12 + index * 20;
    return [
      ...(['right', 'actedOn'] as const).map((metric) => {
        const drawn = points
          .filter((point) => Number.isFinite(point[metric]))
          .map((point) => `${x(point.threshold)},${y(point[metric])}`)
          .join(' ');
        return tag('polyline', {
          points: drawn,
          fill: 'none',
          stroke: colors[metric],
          'stroke-width': 2,
          'stroke-dasharray': dash,
        });
      }),
      tag('line', {
        x1: x(1) + 16,
        x2: x(1) + 56,
        y1: legendY - 4,
        y2: legendY - 4,
        stroke: '#333',
        'stroke-width': 2,
        'stroke-dasharray': dash,
      }),
      `<text x="${x(1) + 64}" y="${legendY}">${name}</text>`,
    ];
  });
  const parts = [
    ...[0, 20, 40, 60, 80, 100].map(
      (share) =>
        tag('line', { x1: size.left, x2: x(1), y1: y(share), y2: y(share), stroke: '#ddd' }) +
        tag('text', { x: size.left - 8, y: y(share) + 4, 'text-anchor': 'end' }, `${share} %`),
    ),
    ...[0, 0.25, 0.5, 0.75, 1].map(
      (threshold) =>
        `<text x="${x(threshold)}" y="${size.height - size.bottom + 20}" text-anchor="middle">${threshold}</text>`,
    ),
    `<text x="${x(0.5)}" y="${size.height - 6}" text-anchor="middle">threshold</text>`,
    tag('text', { x: size.left, y: size.top - 10, fill: colors.right }, 'commands right'),
    tag('text', { x: size.left + 120, y: size.top - 10, fill: colors.actedOn }, 'acted on, and no command'),
    ...lines,
  ];
  writeSvg(path, size, parts);
}
