import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { defaultConfig, environmentName, listOptions } from '../../src/config/index.ts';

/** Returns the text of a file in deploy/. */
export function deployFile(name: string): string {
  return readFileSync(`deploy/${name}`, 'utf8');
}

/** How long heed may take to end: it drains, delivers webhooks, closes connections, and ends its workers. */
export const longestEndMs = defaultConfig.server.drainMs + defaultConfig.webhook.drainMs + 3 * 2_000;

/** Checks that every variable of heed in a file sets an option, as a misspelt one would be ignored. */
export function expectKnownOptions(text: string): void {
  const known = new Set(listOptions().map(([path]) => environmentName(path)));
  const used = [...text.matchAll(/\bHEED_[A-Z_]+/g)].map(([name]) => name);
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((name) => !known.has(name))).toEqual([]);
}

/** Returns a time such as `30s`, `10m` or `75` (seconds), ms. */
export function timeMs(text: string): number {
  const [, count, unit = 's'] = /^(\d+)(ms|s|m|h)?$/.exec(text)!;
  return Number(count) * { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[unit as 's'];
}
