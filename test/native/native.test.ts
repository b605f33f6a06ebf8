import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('the C++ tests pass under AddressSanitizer and UBSan', { timeout: 600_000 }, async () => {
  const { stderr } = await promisify(execFile)(process.execPath, ['scripts/test-native.js']);
  expect(stderr).toMatch(/^\d+ tests, 0 failed$/m);
});

test('one file includes the source of whisper.cpp, and one the private headers of ggml', () => {
  const including = (pattern: RegExp): string[] =>
    readdirSync('native', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(cpp|h)$/.test(file) && pattern.test(readFileSync(join('native', file), 'utf8')))
      .sort();
  expect(including(/#include "whisper\.cpp"/)).toEqual(['whisper_access.cpp']);
  expect(including(/#include "(ggml-backend-impl|ggml-impl|traits|ggml-cpu-impl)\.h"/)).toEqual(['ggml_access.cpp']);
  expect(including(/#include "whisper\.h"/)).toEqual(['library_log.cpp']);
  expect(including(/\bwhisper_(?!access)\w+(->|\.)|\bstate_->(kv_|sched_)/)).toEqual(['whisper_access.cpp']);
});
