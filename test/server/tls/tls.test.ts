import { mkdtempSync, rmSync } from 'node:fs';
import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownCertificate, type KeyPair } from '../../../src/server/tls/own-certificate.ts';
import { networkAddresses } from '../../../src/server/tls/own-names.ts';
import { serve, TestClient } from '../harness.ts';

let dir = '';
let keyPair: KeyPair;
let files: { tlsCert: string; tlsKey: string };

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'heed-tls-'));
  const hosts = ['127.0.0.1', 'heed.example'];
  keyPair = await ownCertificate({ dir, hosts, log: () => undefined });
  files = { tlsCert: join(dir, 'cert.pem'), tlsKey: join(dir, 'key.pem') };
});

afterAll(() => rmSync(dir, { recursive: true }));

const here = { host: '127.0.0.1' };

interface Answer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

function ask(send: typeof plainRequest, options: RequestOptions & { ca?: string }, body?: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = send(options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString() }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

describe('with a certificate', () => {
  test('requests and streams come over TLS, and plain ones still from this machine', async () => {
    await using server = await serve(files);
    const { port } = server.server;
    const secure = await ask(tlsRequest, { ...here, port, path: '/v1/health', ca: keyPair.cert });
    const plain = await ask(plainRequest, { ...here, port, path: '/v1/health' });
    expect([secure.body, plain.body]).toEqual(['{"status":"ok"}', '{"status":"ok"}']);

    const client = new TestClient(`wss://127.0.0.1:${port}/v1/stream`, { ca: keyPair.cert });
    client.send({ type: 'start', token: server.token });
    await client.next('session.started');
    client.send({ type: 'say', text: 'turn on the lamp' });
    expect(await client.next('command.completed')).toMatchObject({ command: 'lamp' });
  });

  test.each(['https', 'http'] as const)('a large upload comes whole over %s', async (protocol) => {
    await using server = await serve(files);
    const boundary = 'boundary';
    const model = `--${boundary}\r\ncontent-disposition: form-data; name="model"\r\n\r\nwhisper-1\r\n`;
    const head = `${model}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n`;
    const body = Buffer.concat([Buffer.from(head), Buffer.alloc(3_000_000), Buffer.from(`\r\n--${boundary}--\r\n`)]);
    const headers = {
      authorization: `Bearer ${server.token}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': body.length,
    };
    const path = '/v1/audio/transcriptions';
    const options = { ...here, port: server.server.port, path, method: 'POST', headers, ca: keyPair.cert };
    const { body: answer } = await ask(protocol === 'https' ? tlsRequest : plainRequest, options, body);
    // Silence without a header is no audio file: the server has read it to the end, and says what is wrong with it.
    expect(answer).toMatch(/audio|format/i);
  });

  test('the server goes by the names of its certificate', async () => {
    await using server = await serve(files);
    const options = { port: server.server.port, path: '/v1/health', ca: keyPair.cert, servername: 'heed.example' };
    expect((await ask(tlsRequest, { ...options, headers: { host: 'heed.example' } })).status).toBe(200);
    expect((await ask(tlsRequest, { ...options, headers: { host: 'other.example' } })).status).toBe(403);
  });

  test('closing ends connections that never said anything', async () => {
    const server = await serve(files);
    const silent = connect(server.server.port, '127.0.0.1');
    await new Promise((resolve) => silent.once('connect', resolve));
    const ended = new Promise((resolve) => silent.once('close', resolve));
    silent.on('error', () => undefined);
    await server[Symbol.asyncDispose]();
    await ended;
  });

  test.each([
    ['a key that is none', () => ({ ...files, tlsKey: files.tlsCert }), /private key/],
    ['a file that is not there', () => ({ ...files, tlsCert: join(dir, 'none.pem') }), /none\.pem/],
    ['a certificate without its key', () => ({ tlsCert: files.tlsCert }), /together/],
    ['a certificate that is turned off', () => ({ ...files, tls: 'off' as const }), /"off"/],
  ])('%s is refused with the reason', async (_, options, message) => {
    await expect(serve(options())).rejects.toMatchObject({
      code: 'bad-config',
      message: expect.stringMatching(message),
    });
  });
});

const [address] = networkAddresses().filter((each) => each.includes('.'));

describe.skipIf(address === undefined)('on a local network', () => {
  const everywhere = { host: '0.0.0.0' } as const;

  test('the page has an address for others, over TLS, with a token that was made for it', async () => {
    await using server = await serve(everywhere, undefined, { tlsDir: dir });
    const { url, networkUrls, fingerprint, port } = server.server;
    expect(url).toBe(`http://127.0.0.1:${port}/?token=${server.token}`);
    expect(networkUrls[0]).toBe(`https://${address}:${port}/?token=${server.token}`);
    expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    const { cert } = await ownCertificate({ dir, hosts: [address!], log: () => undefined });
    const options = { host: address, port, path: '/v1/health', ca: cert };
    expect((await ask(tlsRequest, options)).body).toBe('{"status":"ok"}');
  });

  test('a plain request of another machine is sent on to the same page over TLS', async () => {
    await using server = await serve(everywhere, undefined, { tlsDir: dir });
    const { port } = server.server;
    const { status, headers, body } = await ask(plainRequest, { host: address, port, path: '/?token=secret' });
    expect({ status, location: headers.location, body }).toEqual({
      status: 307,
      location: `https://${address}:${port}/?token=secret`,
      body: '',
    });
  });

  test('what is neither HTTP nor TLS gets a short answer', async () => {
    await using server = await serve(everywhere, undefined, { tlsDir: dir });
    const socket = connect(server.server.port, address);
    socket.write('\u0000 nonsense\r\n\r\n');
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (bytes: Buffer) => resolve(bytes.toString())),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('without TLS, plain HTTP is served, and the addresses say so', async () => {
    await using server = await serve({ ...everywhere, tls: 'off' });
    const { networkUrls, fingerprint, port } = server.server;
    expect(networkUrls[0]).toMatch(/^http:/);
    expect(fingerprint).toBeUndefined();
    expect((await ask(plainRequest, { host: address, port, path: '/v1/health' })).status).toBe(200);
  });
});

test('on a loopback address nothing is made and nobody else is told an address', async () => {
  await using server = await serve({}, undefined, { tlsDir: join(dir, 'unused') });
  expect(server.server.networkUrls).toEqual([]);
  expect(server.server.fingerprint).toBeUndefined();
});

test('a port in use is said with what helps', async () => {
  await using server = await serve();
  await expect(serve({ port: server.server.port })).rejects.toMatchObject({
    code: 'bad-config',
    message: expect.stringContaining(`heed dev --port ${server.server.port + 1}`),
  });
});
