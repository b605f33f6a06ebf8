import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHeed, eventSchema } from 'heed';
import { expect, test } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

test('Every link of the README leads somewhere', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map((found) => found[1]!);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((link) => !existsSync(link))).toEqual([]);
});

test('The README lists every event', () => {
  const types = eventSchema.options.map((option) => option.shape.type.value);
  expect(types.filter((type) => !readme.includes(`\`${type}\``))).toEqual([]);
});

test('The first command of the README runs as it says', async () => {
  const [, file, source] = /^```ts (commands\/\S+)\n([\s\S]*?)^```$/m.exec(readme)!;
  const phrase = /npx heed say "([^"]+)"/.exec(readme)![1]!;
  const folder = mkdtempSync(join(tmpdir(), 'heed-readme-'));
  mkdirSync(join(folder, 'commands'));
  writeFileSync(join(folder, file!), source!);
  const heed = await createHeed({
    commandsDir: join(folder, 'commands'),
    config: { commands: { watch: false } },
    log: () => undefined,
  });
  const said: unknown[] = [];
  heed.on('command.completed', ({ say }) => said.push(say));
  const session = await heed.openSession({ audio: false });
  await session.say(phrase);
  await heed.close();
  rmSync(folder, { recursive: true });
  expect(heed.registry.problems).toEqual([]);
  expect(said).toEqual(['One latte is on its way.']);
});
