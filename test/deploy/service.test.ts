import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { deployFile, expectKnownOptions, longestEndMs } from './files.ts';

/** Reads a unit of systemd: the values of each key, by section. */
function parseUnit(text: string): Record<string, Record<string, string[]>> {
  const sections: Record<string, Record<string, string[]>> = {};
  let section: Record<string, string[]> | undefined;
  for (const line of text.split('\n')) {
    const [, title] = /^\[(\w+)\]$/.exec(line) ?? [];
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (title !== undefined) section = sections[title] = {};
    else if (key !== undefined && section) (section[key] ??= []).push(value!);
    else if (!/^(#.*)?$/.test(line)) throw new Error(`"${line}" is no line of a unit.`);
  }
  return sections;
}

const text = deployFile('heed.service');
const { Unit, Service, Install } = parseUnit(text);

test('the service runs a verb that exists, of a file that exists', () => {
  const [program, script, ...verb] = Service!['ExecStart']![0]!.split(' ');
  expect(program).toBe('/usr/bin/node');
  expect(existsSync(script!.replace('/opt/heed/', ''))).toBe(true);
  expect(verb).toEqual(['serve']);
  expect(existsSync(Unit!['Documentation']![0]!.replace('file:///opt/heed/', ''))).toBe(true);
  expect(Install).toEqual({ WantedBy: ['multi-user.target'] });
});

test('only heed itself is told to end, and has longer for it than it takes', () => {
  expect(Service).toMatchObject({ KillMode: ['mixed'], KillSignal: ['SIGTERM'], Restart: ['on-failure'] });
  expect(1_000 * Number(Service!['TimeoutStopSec']![0])).toBeGreaterThan(longestEndMs);
});

test('heed does not claim to notify systemd, because it does not', () => {
  expect(Service!['Type']).toEqual(['exec']);
});

test('the service has no rights that it does not need', () => {
  expect(Service).toMatchObject({
    DynamicUser: ['yes'],
    StateDirectory: ['heed'],
    NoNewPrivileges: ['yes'],
    ProtectSystem: ['strict'],
    ProtectHome: ['yes'],
    PrivateTmp: ['yes'],
    PrivateDevices: ['yes'],
    RestrictNamespaces: ['yes'],
    CapabilityBoundingSet: [''],
    SystemCallFilter: ['@system-service'],
    UMask: ['0077'],
  });
  // V8 could not compile.
  expect(Service).not.toHaveProperty('MemoryDenyWriteExecute');
});

test('the token is in a file of its own, and every variable sets an option', () => {
  expect(Service!['EnvironmentFile']).toEqual(['/etc/heed/heed.env']);
  expect(Service!['Environment']!.join(' ')).not.toMatch(/TOKEN|SECRET/);
  expectKnownOptions(text);
});
