import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { listen } from '../../../src/server/listen.ts';
import type { ChosenCertificate } from '../../../src/server/tls/choose-certificate.ts';
import { ownCertificate } from '../../../src/server/tls/own-certificate.ts';
import { secure } from '../../../src/server/tls/secure.ts';
import { eventually } from '../../patience.ts';

let dir = '';
let first: ChosenCertificate;
let second: ChosenCertificate;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'heed-tls-'));
  const make = async (host: string): Promise<ChosenCertificate> => ({
    ...(await ownCertificate({ dir, hosts: [host], log: () => undefined })),
    from: 'own',
    names: [],
  });
  first = await make('192.168.1.7');
  second = await make('10.0.0.5');
});

afterEach(() => {
  vi.useRealTimers();
});

afterAll(() => rmSync(dir, { recursive: true }));

/** Returns the fingerprint of the certificate that a server shows. */
function shownAt(port: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

const fingerprint = ({ cert }: ChosenCertificate): string => new X509Certificate(cert).fingerprint256;

test('a certificate that has changed is taken over while the server runs, and one that fails is not', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const http = createServer((_, response) => response.end());
  const choose = vi.fn(async () => first);
  const log = vi.fn<(line: string) => void>();
  const secured = secure(http, first, { choose, log });
  const port = await listen(http, { host: '127.0.0.1', port: 0 });
  try {
    expect(secured.fingerprint).toBe(fingerprint(first));
    expect(await shownAt(port)).toBe(fingerprint(first));

    choose.mockRejectedValueOnce(new Error('The file is half written.'));
    vi.advanceTimersByTime(60_000);
    await eventually(() => expect(log).toHaveBeenCalledWith(expect.stringContaining('half written')));
    expect(await shownAt(port)).toBe(fingerprint(first));

    choose.mockResolvedValue(second);
    vi.advanceTimersByTime(60_000);
    await eventually(async () => expect(await shownAt(port)).toBe(fingerprint(second)));
  } finally {
    secured.stop();
    secured.front.destroy();
    http.close();
  }
});
