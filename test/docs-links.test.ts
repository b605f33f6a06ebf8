import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const pages = ['README.md', ...filesIn('docs', '.md')];
const sources = ['src', 'native', 'bench', 'scripts', 'test'].flatMap((folder) =>
  filesIn(folder, '.ts', '.js', '.cpp', '.h', '.py'),
);
const decisions = 'docs/decisions';
const index = readFileSync(`${decisions}/README.md`, 'utf8');
const decisionPages = readdirSync(decisions).filter((name) => name !== 'README.md');

function filesIn(folder: string, ...endings: string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => join(folder, name));
}

/** Where the relative links and pictures of a page lead to, in the order of the page. */
function linksOf(page: string): string[] {
  const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
  return [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map((found) => found[1]!)
    .filter((target) => !/^[a-z]+:/.test(target));
}

test.each(pages)('Every link of %s leads somewhere', (page) => {
  expect(linksOf(page).filter((target) => !existsSync(join(dirname(page), target)))).toEqual([]);
});

test('Every page that a comment names exists', () => {
  const named = sources.flatMap((file) => [
    ...new Set(readFileSync(file, 'utf8').match(/\bdocs\/[\w/-]+\.(?:md|svg)\b/g)),
  ]);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((page) => !existsSync(page))).toEqual([]);
});

test.each(decisionPages)('Every source file that %s names exists', (name) => {
  const named = readFileSync(`${decisions}/${name}`, 'utf8').match(/\b(?:src|native|bench)\/[\w/-]+\.(?:ts|cpp|h)\b/g);
  expect((named ?? []).filter((file) => !existsSync(file))).toEqual([]);
});

test('Every source file that docs/architecture.md names exists', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const named = [...page.matchAll(/`((?:[\w-]+\/)*[\w-]+(?:\.(?:ts|cpp|h)|\/))`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(40);
  const places = ['', 'src/', 'src/protocols/stream/', 'src/transcribe/'];
  expect(named.filter((path) => !places.some((place) => existsSync(place + path)))).toEqual([]);
});

test('The index of the decisions lists every page once', () => {
  expect(linksOf(`${decisions}/README.md`).sort()).toEqual(decisionPages.sort());
});

test.each(decisionPages)('The index lists %s by its title, and the page says what is so now', (name) => {
  const page = readFileSync(`${decisions}/${name}`, 'utf8');
  const title = /^# (.+)$/m.exec(page)![1]!;
  expect(index.replace(/\s+/g, ' ')).toContain(`[${title}.](${name})`);
  expect(page).toContain('\n## Now\n');
});
