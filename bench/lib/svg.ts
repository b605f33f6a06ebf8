import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One SVG element as text. */
export function tag(name: string, attributes: Record<string, string | number>, content = ''): string {
  const begin = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${value}"`)].join(' ');
  return content === '' ? `<${begin}/>` : `<${begin}>${content}</${name}>`;
}

/** Writes a picture of these elements on white. */
export function writeSvg(path: string, { width, height }: { width: number; height: number }, parts: string[]): void {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    'font-family': 'sans-serif',
    'font-size': 13,
  };
  const ground = tag('rect', { width: '100%', height: '100%', fill: '#fff' });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${tag('svg', attributes, ground + parts.join(''))}\n`);
}
