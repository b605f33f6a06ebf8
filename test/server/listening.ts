import { vi } from 'vitest';
import type { ConfigInput } from '../../src/config/index.ts';
import { createHeed, type CloseOptions, type Heed, type HeedOptions } from '../../src/index.ts';
import { unhurried } from '../patience.ts';
import { ToneEars } from './fake-ears.ts';
import { TestClient } from './harness.ts';

/** The token of this server. */
export const token = 'token-7Hq2';

/** A heed that listens as it does for its users, with ears that understand tones. */
export interface Listening extends AsyncDisposable {
  heed: Heed;
  ears: ToneEars;
  /** The lines of its log. */
  lines: string[];
  at(path: string): string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  connect(path: string): TestClient;
  /** Returns a client whose session has started, with 16 kHz audio. */
  speaker(): Promise<TestClient>;
  close(options?: CloseOptions): Promise<void>;
}

/** Starts heed with its server; `await using` ends both. */
export async function listening({
  config = {},
  ...options
}: Omit<HeedOptions, 'config'> & { config?: ConfigInput }): Promise<Listening> {
  const ears = new ToneEars();
  const lines: string[] = [];
  const log = vi.fn<(line: string) => void>((line) => void lines.push(line));
  const heed = await createHeed({
    commandsDir: false,
    log,
    vad: ears.vad,
    transcriber: ears.transcriber,
    ...options,
    config: unhurried({ ...config, server: { token, ...config.server } }),
  });
  const { port } = await heed.listen();
  const at = (path: string): string => `http://127.0.0.1:${port}${path}`;
  const connect = (path: string): TestClient => new TestClient(at(path).replace('http', 'ws'), {});
  return {
    heed,
    ears,
    lines,
    at,
    get: (path, headers = {}) => fetch(at(path), { headers }),
    connect,
    async speaker() {
      const client = connect('/v1/stream');
      client.send({ type: 'start', token, audio: { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 } });
      await client.next('session.started');
      return client;
    },
    close: (how) => heed.close(how),
    async [Symbol.asyncDispose]() {
      ears.release();
      await heed.close();
    },
  };
}

/** Returns the value of one line of `/metrics`, such as `heed_ready` or `heed_errors_total{code="busy"}`. */
export async function metric(server: Listening, name: string): Promise<number | undefined> {
  const text = await (await server.get('/metrics', { authorization: `Bearer ${token}` })).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}
