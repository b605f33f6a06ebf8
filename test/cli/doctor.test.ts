import { expect, test } from 'vitest';
import { describeEngine } from '../../src/cli/doctor.ts';

const info = { model: 'base', backend: 'cpu', multilingual: true, workers: 1, system: 'CPU: AVX2' };

test('tells what reads', () => {
  expect(describeEngine(info)).toEqual([
    { check: 'engine', ok: true, detail: 'the whisper.cpp addon works with the backend cpu; CPU: AVX2' },
  ]);
  expect(describeEngine({ ...info, backend: 'vulkan', device: 'A GPU' })).toEqual([
    { check: 'engine', ok: true, detail: 'the whisper.cpp addon works with the backend vulkan on A GPU; CPU: AVX2' },
  ]);
});

test('tells why no GPU reads where one was wanted: nothing is broken, and it could be better', () => {
  expect(describeEngine({ ...info, gpuProblem: 'No GPU was found.' }).at(-1)).toEqual({
    check: 'gpu',
    ok: true,
    advice: true,
    detail: 'the CPU reads, as the GPU cannot: No GPU was found.',
  });
});
