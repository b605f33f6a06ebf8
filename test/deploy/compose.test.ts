import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { all, parseDockerfile } from './dockerfile.ts';
import { deployFile, expectKnownOptions, longestEndMs, timeMs } from './files.ts';
import { parseYaml } from './yaml.ts';

const time = z.string().regex(/^\d+(ms|s|m|h)$/);

/** The part of the Compose Specification that the file uses; a key that Compose does not know is an error. */
const schema = z.strictObject({
  name: z.string(),
  services: z.strictObject({
    heed: z.strictObject({
      image: z.string(),
      build: z.strictObject({ context: z.string(), dockerfile: z.string() }),
      restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']),
      init: z.boolean(),
      ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/)),
      environment: z.record(z.string(), z.string()),
      stop_grace_period: time,
      volumes: z.array(z.string().regex(/^[\w./-]+:\/[\w./-]+(:ro)?$/)),
      read_only: z.literal(true),
      tmpfs: z.array(z.string()),
      cap_drop: z.tuple([z.literal('ALL')]),
      security_opt: z.tuple([z.literal('no-new-privileges:true')]),
      healthcheck: z.strictObject({
        test: z.tuple([z.literal('CMD'), z.string(), z.string(), z.string()]),
        interval: time,
        timeout: time,
        retries: z.int(),
        start_period: time,
      }),
    }),
  }),
  volumes: z.record(z.string(), z.null()),
});

const text = deployFile('compose.yaml');
const { services, volumes } = schema.parse(parseYaml(text));
const { heed } = services;
const last = parseDockerfile(deployFile('Dockerfile')).at(-1)!;

test('the image is built from the Dockerfile beside it', () => {
  expect(existsSync(join('deploy', heed.build.context, heed.build.dockerfile))).toBe(true);
});

test('every volume is declared or a folder of the project, and lies where the image has a folder for it', () => {
  const named = heed.volumes.map((volume) => volume.split(':') as [string, string]);
  const declared = named.map(([source]) => source).filter((source) => !source.includes('/'));
  expect(declared).toEqual(Object.keys(volumes));
  for (const [source] of named) if (source.includes('/')) expect(existsSync(join('deploy', source))).toBe(true);
  for (const [, target] of named) expect(dirname(target)).toBe(all(last, 'WORKDIR')[0]!.text);
});

test('the token comes from the environment, and heed does not start without one', () => {
  expect(heed.environment['HEED_SERVER_TOKEN']).toMatch(/^\$\{HEED_SERVER_TOKEN:\?.+\}$/);
  expectKnownOptions(Object.keys(heed.environment).join(' '));
});

test('the container has longer to end than heed takes', () => {
  expect(timeMs(heed.stop_grace_period)).toBeGreaterThan(longestEndMs);
});

test('its health is checked as in the image', () => {
  const [, ...command] = heed.healthcheck.test;
  expect(`CMD ${JSON.stringify(command).replaceAll('","', '", "')}`).toBe(all(last, 'HEALTHCHECK')[0]!.text);
});

test('the port is that of the image', () => {
  expect(heed.ports.map((port) => port.split(':').at(-1))).toEqual(all(last, 'EXPOSE').map(({ text: port }) => port));
});
