import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { listening } from '../server/listening.ts';
import { all, execForm, parseDockerfile } from './dockerfile.ts';
import { deployFile, expectKnownOptions } from './files.ts';

const dockerfile = deployFile('Dockerfile');
const stages = parseDockerfile(dockerfile);
const [build, last] = [stages[0]!, stages.at(-1)!];
const ignored = deployFile('Dockerfile.dockerignore').split('\n').filter(Boolean);

/** Runs the health check against a server, as the container would. */
async function health(port: string): Promise<number> {
  const [node, ...args] = execForm(all(last, 'HEALTHCHECK')[0]!.text.replace(/^CMD /, ''));
  expect(node).toBe('/nodejs/bin/node');
  const told = args.map((arg) => arg.replace(':4333/', `:${port}/`));
  expect(told).not.toEqual(args);
  return await promisify(execFile)(process.execPath, told).then(
    () => 0,
    (error: unknown) => (error as { code: number }).code,
  );
}

test('the image is made in stages, from images with a version', () => {
  expect(stages.length).toBeGreaterThanOrEqual(2);
  for (const { image } of stages) expect(image).toMatch(/:(?!latest)\S+$|nodejs\d+/);
  expect(last.image).toMatch(/^gcr\.io\/distroless\/nodejs22-debian12/);
});

test('the last stage has no rights and no shell, and copies only from the stage that builds', () => {
  expect(all(last, 'USER').map(({ text }) => text)).toEqual(['65532:65532']);
  expect(all(last, 'RUN')).toEqual([]);
  for (const { flags } of all(last, 'COPY')) expect(flags['from']).toBe(build.name);
  for (const name of ['ENTRYPOINT', 'CMD']) expect(execForm(all(last, name)[0]!.text).length).toBeGreaterThan(0);
});

test('everything that is copied exists, and is in the context', () => {
  const sources = all(build, 'COPY').flatMap(({ text }) => text.split(' ').slice(0, -1));
  expect(sources).toContain('package-lock.json');
  for (const source of sources) {
    expect(existsSync(source), source).toBe(true);
    expect(ignored).not.toContain(source);
  }
  // `dist` and `node_modules` are made in the stage itself, those of the context are not wanted.
  expect(ignored).toEqual(expect.arrayContaining(['dist', 'build', '**/node_modules', '.env', '.git']));
});

test('packages of the system come without those that they only recommend, and without their lists', () => {
  for (const { text } of stages.flatMap((stage) => all(stage, 'RUN'))) {
    expect(text).not.toMatch(/\b(sudo|curl|wget)\b/);
    if (text.includes('apt-get install')) {
      expect(text).toContain('--no-install-recommends');
      expect(text).toContain('rm -rf /var/lib/apt/lists');
    }
  }
});

test('no token is in the image, and every variable in it sets an option', () => {
  expect(dockerfile).not.toMatch(/TOKEN|SECRET/);
  expectKnownOptions(dockerfile);
});

test('the scripts and the parts of the set-up that the image is built with exist', () => {
  const [, makers = ''] = /const makers = \{(.*?)\}/.exec(readFileSync('scripts/setup.js', 'utf8'))!;
  const parts = [...dockerfile.matchAll(/setup\(\[(.*?)\]\)/g)].flatMap(([, list]) => list!.match(/\w+/g) ?? []);
  expect(parts).toEqual(['page']);
  for (const [, script] of dockerfile.matchAll(/node (scripts\/[\w-]+\.js)/g)) expect(existsSync(script!)).toBe(true);
  for (const part of parts) expect(makers).toMatch(new RegExp(`\\b${part}\\b`));
});

test('the health check is well while heed is ready, and not otherwise', async () => {
  await using server = await listening({});
  const { port } = new URL(server.at('/'));
  expect(await health(port)).toBe(0);
  Object.assign(server.ears.transcriber, { load: () => ({ waiting: 0, running: 0, capacity: 0 }) });
  expect(await health(port)).toBe(1);
  await server.close();
  expect(await health(port)).toBe(1);
});
