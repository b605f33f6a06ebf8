import { expect, test } from 'vitest';
import { defaultConfig, type Config } from '../../src/config/index.ts';
import { Access, isLoopback, urlHost } from '../../src/server/access.ts';
import { machineNames, networkAddresses } from '../../src/server/tls/own-names.ts';
import { codeOf } from './code-of.ts';

const newAccess = (config: Partial<Config['server']> = {}) => new Access({ ...defaultConfig.server, ...config });

test.each([
  ['127.0.0.1:4333', {}, 'allowed'],
  ['127.8.8.8', {}, 'allowed'],
  ['LOCALHOST:4333', {}, 'allowed'],
  ['[::1]:4333', {}, 'allowed'],
  ['heed.example:4333', {}, 'forbidden'],
  ['heed.example:4333', { allowedHosts: ['Heed.Example'] }, 'allowed'],
  ['sub.heed.example', { allowedHosts: ['heed.example'] }, 'forbidden'],
  ['127.0.0.1.evil.example', {}, 'forbidden'],
  ['localhost@evil.example', {}, 'forbidden'],
  ['evil.example#localhost', {}, 'forbidden'],
  ['10.0.0.5:4333', { host: '10.0.0.5', token: 't' }, 'allowed'],
  ['10.0.0.6:4333', { host: '10.0.0.5', token: 't' }, 'forbidden'],
  ['10.0.0.5:4333', { host: '0.0.0.0', token: 't' }, 'forbidden'],
  ['[fe80::1]:4333', { host: 'fe80::1', token: 't' }, 'allowed'],
  ['', {}, 'forbidden'],
  [undefined, {}, 'forbidden'],
])('the host %s with %j is %s', (host, config, verdict) => {
  expect(codeOf(() => newAccess(config).checkAddress({ host, origin: undefined })) ?? 'allowed').toBe(verdict);
});

test.each([
  [undefined, 'allowed'],
  ['http://127.0.0.1:4333', 'allowed'],
  ['https://127.0.0.1:4333', 'allowed'],
  ['http://127.0.0.1:4334', 'forbidden'],
  ['http://localhost:4333', 'forbidden'],
  ['https://app.example', 'allowed'],
  ['https://app.example.evil.example', 'forbidden'],
  ['http://evil.example', 'forbidden'],
  ['null', 'forbidden'],
  ['', 'forbidden'],
])('a page of %s is %s', (origin, verdict) => {
  const access = newAccess({ allowedOrigins: ['https://APP.example/'] });
  expect(codeOf(() => access.checkAddress({ host: '127.0.0.1:4333', origin })) ?? 'allowed').toBe(verdict);
});

test('on loopback a long token is made, a different one for each server', () => {
  expect(newAccess().token).toMatch(/^[\w-]{32}$/);
  expect(newAccess().token).not.toBe(newAccess().token);
});

test.each(['0.0.0.0', '::', '192.168.1.2', 'heed.example', ''])('on "%s" a long token is made as well', (host) => {
  expect(newAccess({ host }).token).toMatch(/^[\w-]{32}$/);
  expect(newAccess({ host, token: 'secret' }).token).toBe('secret');
});

test('listening everywhere, the server goes by the addresses and names of its machine, and by no others', () => {
  const [address] = networkAddresses();
  const hosts = [
    ...machineNames(),
    ...(address === undefined ? [] : [address.includes(':') ? `[${address}]` : address]),
  ];
  for (const host of hosts) {
    expect(codeOf(() => newAccess({ host: '0.0.0.0' }).checkAddress({ host, origin: undefined }))).toBeUndefined();
    expect(codeOf(() => newAccess().checkAddress({ host, origin: undefined }))).toBe('forbidden');
  }
});

test.each([
  ['secret', undefined],
  ['secret2', 'unauthorized'],
  ['Secret', 'unauthorized'],
  ['', 'unauthorized'],
  [undefined, 'unauthorized'],
])('the token %s gives %s', (shown, code) => {
  expect(codeOf(() => newAccess({ token: 'secret' }).checkToken(shown))).toBe(code);
});

test('names that can only mean this machine count as loopback', () => {
  expect(['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'].every(isLoopback)).toBe(true);
  expect(['127.0.0.1.example', 'localhost.example', '0.0.0.0', '1.127.0.0', 'a127.0.0.1'].some(isLoopback)).toBe(false);
});

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '127.0.0.1'],
  ['::1', '[::1]'],
])('the address %s is written %s', (host, written) => {
  expect(urlHost(host)).toBe(written);
});
