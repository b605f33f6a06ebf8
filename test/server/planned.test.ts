import { expect, test } from 'vitest';
import { defineCommand } from '../../src/registry/index.ts';
import { serve, type TestServer } from './harness.ts';

const later = defineCommand({ phrases: ['water the plants'], delayable: true, run: () => undefined });

async function ask(
  server: TestServer,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(server.at(path), { headers: { authorization: `Bearer ${server.token}` }, ...init });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('/v1/planned lists what is planned, and calls it off', async () => {
  await using server = await serve();
  server.heed.registry.add('later', later);
  expect(await ask(server, '/v1/planned')).toEqual({ status: 200, body: { planned: [] } });
  const session = await server.heed.openSession({ audio: false });
  await session.say('water the plants tomorrow at noon');
  const { body } = await ask(server, '/v1/planned');
  const [planned] = body['planned'] as [Record<string, unknown>];
  expect(planned).toMatchObject({
    command: 'later',
    phrase: 'water the plants',
    session_id: session.id,
    is_kept: false,
    due: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
  });
  const path = `/v1/planned/${String(planned['planned_id'])}`;
  expect(await ask(server, path, { method: 'DELETE' })).toEqual({ status: 200, body: planned });
  expect(await ask(server, path, { method: 'DELETE' })).toMatchObject({
    status: 404,
    body: { error: { code: 'not-found' } },
  });
  expect(await ask(server, '/v1/planned')).toEqual({ status: 200, body: { planned: [] } });
});

test('/v1/planned takes no request without the token', async () => {
  await using server = await serve();
  const statuses = await Promise.all(
    (['GET', 'DELETE'] as const).map((method) =>
      ask(server, method === 'GET' ? '/v1/planned' : '/v1/planned/x', { method, headers: {} }),
    ),
  );
  expect(statuses.map(({ status }) => status)).toEqual([401, 401]);
});
