import { inspect } from 'node:util';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { childEnvironment, defaultConfig, environmentName, listOptions, loadConfig } from '../../src/config/index.ts';

function fileWith(text: string | Buffer): string {
  const file = join(mkdtempSync(join(tmpdir(), 'heed-config-')), 'heed.config.json');
  writeFileSync(file, text);
  return file;
}

describe('loadConfig', () => {
  test('gives the defaults when nothing is set', () => {
    expect(loadConfig({ env: {} })).toEqual(defaultConfig);
  });

  test('lets overrides win over the environment, and the environment over the file', () => {
    const file = fileWith('{"server": {"port": 1, "host": "::1"}, "language": "de"}');
    const config = loadConfig({
      file,
      env: { HEED_SERVER_PORT: '2', HEED_LANGUAGE: 'fr' },
      overrides: { language: 'es' },
    });
    expect(config.server).toMatchObject({ port: 2, host: '::1' });
    expect(config.language).toBe('es');
  });

  test.each([
    ['UTF-8', Buffer.from('\uFEFF{"language": "de"}')],
    ['UTF-16, as PowerShell writes it', Buffer.from('\uFEFF{"language": "de"}', 'utf16le')],
  ])('reads a file with a byte-order mark: %s', (_, bytes) => {
    expect(loadConfig({ file: fileWith(bytes), env: {} }).language).toBe('de');
  });

  test.each([
    ['HEED_SERVER_MAX_SESSIONS', '7', (c: typeof defaultConfig) => c.server.maxSessions, 7],
    ['HEED_TRANSCRIBE_PARTIALS', 'false', (c: typeof defaultConfig) => c.transcribe.partials, false],
    [
      'HEED_SERVER_ALLOWED_HOSTS',
      'a.example, b.example',
      (c: typeof defaultConfig) => c.server.allowedHosts,
      ['a.example', 'b.example'],
    ],
    ['HEED_WEBHOOK_SECRET', '12', (c: typeof defaultConfig) => c.webhook.secret, '12'],
  ])('reads %s=%s', (name, text, pick, value) => {
    expect(pick(loadConfig({ env: { [name]: text } }))).toEqual(value);
  });

  test.each([
    ['an unknown option', { overrides: { sever: {} } as never }, /sever/],
    ['a number out of range', { env: { HEED_SERVER_PORT: '70000' } }, /server\.port/],
    ['a word for a number', { env: { HEED_SERVER_PORT: 'high' } }, /server\.port/],
    ['a word for a switch', { env: { HEED_TRANSCRIBE_PARTIALS: 'maybe' } }, /transcribe\.partials/],
    [
      'thresholds the wrong way round',
      { overrides: { vad: { positiveThreshold: 0.2, negativeThreshold: 0.5 } } },
      /negativeThreshold/,
    ],
    ['waits the wrong way round', { overrides: { endpoint: { minWaitMs: 900, maxWaitMs: 300 } } }, /minWaitMs/],
    ['windows with gaps', { overrides: { speakers: { durationMs: 2_000, stepMs: 3_000 } } }, /speakers\.stepMs/],
    ['a time that no timer can wait', { overrides: { server: { heartbeatMs: 3e9 } } }, /server\.heartbeatMs: at most/],
    ['a file that is not there', { file: '/nowhere/heed.json' }, /nowhere/],
    ['a file that is not JSON', { file: fileWith('{') }, /not valid JSON/],
  ])('refuses %s and names it', (_, sources, message) => {
    expect(() => loadConfig({ env: {}, ...sources })).toThrow(
      expect.objectContaining({ code: 'bad-config', message: expect.stringMatching(message) }),
    );
  });

  test('has one environment name for each option', () => {
    const names = listOptions().map(([path]) => environmentName(path));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('HEED_VAD_POSITIVE_THRESHOLD');
  });
});

test('child processes inherit the environment, but no inspector', () => {
  vi.stubEnv('NODE_OPTIONS', '--inspect=0 --max-old-space-size=4096 --inspect-brk');
  try {
    expect(childEnvironment({ EXTRA: '1' })).toMatchObject({
      NODE_OPTIONS: '--max-old-space-size=4096',
      PATH: process.env['PATH'],
      EXTRA: '1',
    });
    vi.stubEnv('NODE_OPTIONS', '--inspect');
    expect(childEnvironment({})).not.toHaveProperty('NODE_OPTIONS');
  } finally {
    vi.unstubAllEnvs();
  }
});

test.each(['{ "server": { "token": "planted-7Hq2" x } }', '{ "token": "planted-7Hq2\n" }', '{"planted-7Hq2'])(
  'a file that is not JSON is not quoted, neither in the message nor as its cause',
  (text) => {
    const error = errorOf(() => loadConfig({ file: fileWith(text) }));
    expect(error.message).toMatch(/not valid JSON: line 1, column \d+\.$/);
    expect(inspect(error)).not.toContain('7Hq2');
  },
);

test('an option that does not fit is named, and its value is not quoted', () => {
  const planted = 'planted-7Hq2';
  const error = errorOf(() =>
    loadConfig({ overrides: { webhook: { url: planted }, server: { port: planted, token: 7 } } as never }),
  );
  expect(error.message).toMatch(/webhook\.url.*server\.|server\..*webhook\.url/);
  expect(inspect(error)).not.toContain('7Hq2');
});

function errorOf(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
}
