import { expect, test } from 'vitest';
import { isOwnHost, machineNames, networkAddresses, type Interfaces } from '../../../src/server/tls/own-names.ts';

const address = (text: string, internal = false) => ({ address: text, internal }) as NonNullable<Interfaces['lo']>[0];

const interfaces: Interfaces = {
  lo: [address('127.0.0.1', true), address('::1', true)],
  wlan0: [address('fd00::2'), address('fe80::1'), address('192.168.1.7'), address('169.254.3.4')],
  docker0: [address('172.17.0.1')],
  eth0: [address('10.0.0.5')],
};

test('other devices are told the addresses that they can use, the short ones first', () => {
  expect(networkAddresses(interfaces)).toEqual(['192.168.1.7', '10.0.0.5', 'fd00::2']);
  expect(networkAddresses({ lo: interfaces['lo'] })).toEqual([]);
});

test.each([
  ['Kitchen-Pi', ['kitchen-pi', 'kitchen-pi.local']],
  ['box.example.org', ['box.example.org', 'box', 'box.local']],
  ['mac.local', ['mac.local', 'mac']],
  ['no name', []],
])('a machine that is called %s goes by %j', (name, names) => {
  expect(machineNames(name)).toEqual(names);
});

test.each([
  ['192.168.1.7', true],
  ['[fd00::2]', true],
  ['172.17.0.1', true],
  ['192.168.1.8', false],
  ['192.168.1.7.evil.example', false],
])('the host %s is one of this machine: %s', (host, isOwn) => {
  expect(isOwnHost(host, interfaces)).toBe(isOwn);
});
