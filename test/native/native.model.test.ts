import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { patient } from '../patience.ts';

test('the C++ tests pass under AddressSanitizer and UBSan', { timeout: patient(120_000) }, async () => {
  const { stderr } = await promisify(execFile)(process.execPath, ['scripts/test-native.js']);
  expect(stderr).toMatch(/^\d+ tests, 0 failed$/m);
});

/** Returns what CMake says about a source tree of whisper.cpp that has only these files. */
async function configure(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-whisper-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, 'whisper', name)), { recursive: true });
      await writeFile(join(folder, 'whisper', name), text);
    }
    const options = ['-S', '.', '-B', join(folder, 'build'), `-DHEED_WHISPER_DIR=${join(folder, 'whisper')}`];
    return await promisify(execFile)('cmake', options).then(
      () => 'configured',
      ({ stderr }: { stderr: string }) => stderr.replace(/\s+/g, ' '),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('another version of whisper.cpp stops the build', async () => {
  expect(await configure({ 'CMakeLists.txt': 'project("whisper.cpp" VERSION 1.9.2)' })).toMatch(
    /heed is written for whisper\.cpp [\d.]+; \S+ has version "1\.9\.2"\./,
  );
  expect(await configure({})).toContain('there is none at');
});

test('a ggml whose threads wait in a function with another name stops the build', async () => {
  const whisper = 'node_modules/nodejs-whisper/cpp/whisper.cpp';
  const waiting = 'ggml/src/ggml-cpu/ggml-cpu.c';
  const renamed = readFileSync(join(whisper, waiting), 'utf8').replaceAll('ggml_thread_cpu_relax', 'ggml_relax');
  const list = readFileSync(join(whisper, 'CMakeLists.txt'), 'utf8');
  expect(await configure({ 'CMakeLists.txt': list, [waiting]: renamed })).toContain(
    'patient_wait.h finds no ggml_thread_cpu_relax()',
  );
});

test('one file includes the source of whisper.cpp, and one the private headers of ggml', () => {
  const including = (pattern: RegExp): string[] =>
    readdirSync('native', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(cpp|h)$/.test(file) && pattern.test(readFileSync(join('native', file), 'utf8')))
      .sort();
  expect(including(/#include "whisper\.cpp"/)).toEqual(['whisper_access.cpp']);
  expect(including(/#include "(ggml-backend-impl|ggml-impl|traits|ggml-cpu-impl)\.h"/)).toEqual(['ggml_access.cpp']);
  expect(including(/#include "whisper\.h"/)).toEqual(['library_log.cpp', 'model_header.h']);
  expect(including(/\bwhisper_(?!access)\w+(->|\.)|\bstate_->(kv_|sched_)/)).toEqual(['whisper_access.cpp']);
});
