import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hostsOf, ownCertificate, type KeyPair } from '../../../src/server/tls/own-certificate.ts';

let dir = '';
const log = vi.fn<(line: string) => void>();
const hosts = ['localhost', '127.0.0.1', '::1', '192.168.1.7', 'box.local'];
const now = new Date('2030-01-01T00:00:00Z');
const daysLater = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const certificate = (options: Partial<Parameters<typeof ownCertificate>[0]> = {}): Promise<KeyPair> =>
  ownCertificate({ dir: join(dir, 'tls'), hosts, now, log, ...options });

beforeEach(() => {
  log.mockClear();
  dir = mkdtempSync(join(tmpdir(), 'heed-tls-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

test('a certificate is made once, for all names and addresses, and its key is for nobody else to read', async () => {
  const made = await certificate();
  expect(await certificate()).toEqual(made);
  const parsed = new X509Certificate(made.cert);
  expect(parsed.checkIP('192.168.1.7')).toBe('192.168.1.7');
  expect(parsed.checkIP('::1')).toBe('::1');
  expect(parsed.checkHost('box.local')).toBe('box.local');
  expect(parsed.ca).toBe(false);
  expect(statSync(join(dir, 'tls', 'key.pem')).mode & 0o777).toBe(0o600);
  expect(log).not.toHaveBeenCalled();
});

test.each([
  [0, 'kept'],
  [700, 'kept'],
  [800, 'renewed'],
  [1_000, 'renewed'],
  [-10, 'renewed'],
] as const)('%i days later it is %s', async (days, becomes) => {
  const made = await certificate();
  const later = await certificate({ now: daysLater(days) });
  expect(later.cert === made.cert ? 'kept' : 'renewed').toBe(becomes);
});

test('another address makes another one, which is still good for the earlier network', async () => {
  const home = await certificate();
  const office = await certificate({ hosts: ['localhost', '10.0.0.5'] });
  expect(office.cert).not.toBe(home.cert);
  expect(await certificate()).toEqual(office);
  expect(hostsOf(new X509Certificate(office.cert))).toContain('192.168.1.7');
});

test('it names a limited number of addresses, the present ones first', async () => {
  for (let network = 0; network < 5; network++) {
    const many = Array.from({ length: 10 }, (_, n) => `10.0.${network}.${n}`);
    const { cert } = await certificate({ hosts: many });
    const named = hostsOf(new X509Certificate(cert));
    expect(named).toEqual(expect.arrayContaining(many));
    expect(named.length).toBeLessThanOrEqual(32);
  }
});

test.each([
  ['key.pem', 'no key'],
  ['cert.pem', ''],
])('a damaged %s is replaced', async (file, content) => {
  const made = await certificate();
  writeFileSync(join(dir, 'tls', file), content);
  const again = await certificate();
  expect(again.cert).not.toBe(made.cert);
  expect(await certificate()).toEqual(again);
});

test('where nothing can be kept, the one that is shown stays, and the operator is told', async () => {
  writeFileSync(join(dir, 'file'), '');
  const there = { dir: join(dir, 'file', 'tls') };
  const made = await certificate(there);
  expect(log).toHaveBeenCalledWith(expect.stringContaining('cannot be kept'));
  expect(await certificate({ ...there, current: made })).toBe(made);
});
