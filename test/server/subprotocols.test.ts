import { expect, test } from 'vitest';
import { chosenProtocol, tokenOf } from '../../src/server/subprotocols.ts';
import { serve } from './harness.ts';

test.each([
  ['heed.v1, heed.token.a_B-9', 'a_B-9'],
  ['heed.token.a%20%2Fb%28c%29,heed.v1', 'a /b(c)'],
  ['heed.token.a%20%E', 'a%20%E'],
  ['heed.token.', ''],
  ['heed.v1', undefined],
  [undefined, undefined],
])('the subprotocols %j carry the token %j', (offered, token) => {
  expect(tokenOf(offered)).toBe(token);
});

test.each([
  [['heed.token.secret', 'heed.v1'], 'heed.v1'],
  [['heed.token.secret'], false],
  [['chat', 'heed.token.secret'], 'chat'],
])('offered %j, the server answers with %j', (offered, chosen) => {
  expect(chosenProtocol(new Set(offered))).toBe(chosen);
});

test('a stream whose handshake shows the token needs none in its first message', async () => {
  await using server = await serve({ token: 'a b(c)' });
  const client = server.connect('/v1/stream', { protocols: ['heed.v1', 'heed.token.a%20b%28c%29'] });
  client.send({ type: 'start' });
  await client.next('session.started');
  expect(client.socket.protocol).toBe('heed.v1');
});

test('a subscriber whose handshake shows the token gets events at once, by the wishes in its address', async () => {
  await using server = await serve();
  const client = server.connect('/v1/events?types=session.started', {
    protocols: ['heed.v1', `heed.token.${server.token}`],
  });
  await client.opened;
  const { sessionId } = await server.start().then(({ events }) => ({ sessionId: events[0]!.session_id }));
  expect(await client.next('session.started')).toMatchObject({ session_id: sessionId });
  expect(client.socket.protocol).toBe('heed.v1');
});

test.each(['/v1/stream', '/v1/events'])('a wrong token in the handshake is refused on %s, and counts', async (path) => {
  await using server = await serve();
  const protocols = ['heed.v1', 'heed.token.wrong'];
  for (let count = 0; count < 5; count++)
    expect(await server.connect(path, { protocols }).refused).toMatchObject({ status: 401 });
  expect(await server.connect(path, { protocols }).refused).toMatchObject({ status: 429 });
});
