import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { encodeWav } from '../../src/audio/index.ts';
import { HeedError } from '../../src/errors.ts';
import { repositoryDir } from './arguments.ts';
import { delay } from './live.ts';

/** Where other engines are kept, in a folder that the repository does not track. */
const peersDir = join(repositoryDir, '.heed/peers');
const answerSchema = z.object({ text: z.string() });
const maxStartMs = 60_000;

/**
 * Returns the path of a program that is built from the same source tree as heed's engine. If it is missing, it is built
 * with the fastest options for this machine.
 */
export async function buildWhisper(program: 'whisper-server' | 'whisper-cli'): Promise<string> {
  const build = join(peersDir, 'whisper.cpp');
  const path = join(build, 'bin', program);
  if (existsSync(path)) return path;
  const source = join(
    dirname(createRequire(import.meta.url).resolve('nodejs-whisper/package.json')),
    'cpp/whisper.cpp',
  );
  mkdirSync(build, { recursive: true });
  const defines = [
    'CMAKE_BUILD_TYPE=Release',
    'GGML_LLAMAFILE=ON',
    'GGML_NATIVE=ON',
    'BUILD_SHARED_LIBS=OFF',
    'WHISPER_BUILD_TESTS=OFF',
    'WHISPER_BUILD_SERVER=ON',
  ];
  const run = promisify(execFile);
  try {
    await run('cmake', ['-S', source, '-B', build, ...defines.map((define) => `-D${define}`)]);
    await run('cmake', ['--build', build, '--target', program, '-j', String(availableParallelism())], {
      maxBuffer: 1e9,
    });
  } catch (cause) {
    throw new HeedError('native-failed', `${program} was not built in ${build}, which needs CMake and a compiler.`, {
      cause,
    });
  }
  return path;
}

/** One whisper-server of whisper.cpp with a model of its own. */
export class WhisperServer {
  readonly #child: ChildProcess;
  readonly #url: string;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.#url = url;
  }

  /** Starts a server; resolves when it responds. */
  static async start({ modelPath, threads }: { modelPath: string; threads: number }): Promise<WhisperServer> {
    const program = await buildWhisper('whisper-server');
    const port = await freePort();
    const child = spawn(
      program,
      ['-m', modelPath, '-t', String(threads), '-l', 'en', '-nt', '--host', '127.0.0.1', '--port', String(port)],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    child.stderr?.pipe(createWriteStream(join(peersDir, 'whisper-server.log')));
    const server = new WhisperServer(child, `http://127.0.0.1:${port}`);
    for (const deadlineMs = performance.now() + maxStartMs; ;) {
      if (
        await fetch(server.#url).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return server;
      if (child.exitCode !== null || performance.now() > deadlineMs) {
        await server.close();
        throw new HeedError('native-failed', 'whisper-server did not start; see .heed/peers/whisper-server.log.');
      }
      await delay(200);
    }
  }

  /** Returns the text of an utterance of 16 kHz mono samples. */
  async transcribe(samples: Float32Array): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(encodeWav(samples))]), 'utterance.wav');
    form.append('response_format', 'json');
    const response = await fetch(`${this.#url}/inference`, { method: 'POST', body: form });
    return answerSchema
      .parse(await response.json())
      .text.replace(/\s+/g, ' ')
      .trim();
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill();
    await exited;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
