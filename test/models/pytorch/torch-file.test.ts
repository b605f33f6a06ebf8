import { zipSync } from 'fflate';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTorchFile } from '../../../src/models/pytorch/torch-file.ts';
import { readTensorValues } from '../../../src/models/safetensors.ts';
import { writeSafetensors } from '../../../src/models/write-safetensors.ts';

const folder = mkdtempSync(join(tmpdir(), 'heed-torch-'));
const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
/** A tensor of two rows of three, whose storage begins one number before it. */
const tensor = ({ stride = 'K\x03K\x01\x86', elements = 'K\x07', storage = 'FloatStorage' } = {}): string =>
  'ctorch._utils\n_rebuild_tensor_v2\n(' +
  `(${text('storage')}ctorch\n${storage}\n${text('0')}${text('cuda:0')}${elements}tQ` +
  `K\x01K\x02K\x03\x86${stride}\x89ccollections\nOrderedDict\n)RtR`;
const checkpoint = (inner: string): string => `\x80\x02}(${text('epoch')}K\x05${text('weights')}${inner}u.`;
const group = (one: string): string => `ccollections\nOrderedDict\n)R(${text('layer.w')}${one}u`;
const numbers = Float32Array.of(9, 1, 2, 3, 4, 5, 6);
let next = 0;

function archive(pickle: string, storage: Uint8Array = new Uint8Array(numbers.buffer)): string {
  const path = join(folder, `${next++}.bin`);
  const bytes = Uint8Array.from(Buffer.from(pickle, 'latin1'));
  writeFileSync(path, zipSync({ 'archive/data.pkl': bytes, 'archive/data/0': storage }, { level: 0 }));
  return path;
}

describe('a file of PyTorch', () => {
  test('gives its tensors', async () => {
    const tensors = await readTorchFile(archive(checkpoint(group(tensor()))), 'weights');
    expect([...tensors]).toEqual([['layer.w', { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) }]]);
  });

  test('of the old layout gives them, too', async () => {
    const path = join(folder, 'old.pt');
    const magic = '\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.';
    const head = `${magic}\x80\x02M\xe9\x03.\x80\x02}.${checkpoint(group(tensor()))}\x80\x02](${text('0')}e.`;
    const count = Buffer.alloc(8);
    count.writeBigInt64LE(7n);
    writeFileSync(path, Buffer.concat([Buffer.from(head, 'latin1'), count, new Uint8Array(numbers.buffer)]));
    const tensors = await readTorchFile(path, 'weights');
    expect(tensors.get('layer.w')!.values).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
  });

  test('becomes a safetensors file that holds the same', async () => {
    const tensors = await readTorchFile(archive(checkpoint(group(tensor()))), 'weights');
    const path = join(folder, 'out.safetensors');
    const sha256 = await writeSafetensors(tensors, path);
    expect(sha256).toBe(await writeSafetensors(tensors, join(folder, 'again.safetensors')));
    expect(await readTensorValues(path)).toEqual({ 'layer.w': Float32Array.of(1, 2, 3, 4, 5, 6) });
  });

  test('that is itself what holds the tensors gives them, without its counters', async () => {
    const counter = `${text('steps')}${tensor({ storage: 'LongStorage' })}`;
    const whole = `\x80\x02}(${text('layer.w')}${tensor()}${counter}u.`;
    expect([...(await readTorchFile(archive(whole))).keys()]).toEqual(['layer.w']);
  });

  const wrong: [what: string, path: () => string][] = [
    ['that lacks the group', () => archive(`\x80\x02}.`)],
    ['with a tensor in pieces', () => archive(checkpoint(group(tensor({ stride: 'K\x01K\x02\x86' }))))],
    ['of other numbers', () => archive(checkpoint(group(tensor({ storage: 'HalfStorage' }))))],
    ['that is cut', () => archive(checkpoint(group(tensor())), new Uint8Array(20))],
    ['whose tensor is larger than its storage', () => archive(checkpoint(group(tensor({ elements: 'K\x06' }))))],
    ['that would run something', () => archive('\x80\x02cos\nsystem\n(X\x02\0\0\0idtR.')],
    ['that is missing', () => join(folder, 'none.bin')],
    [
      'that is none',
      () => {
        writeFileSync(join(folder, 'text.bin'), 'not a model');
        return join(folder, 'text.bin');
      },
    ],
  ];
  test.each(wrong)('%s is refused', async (_, path) => {
    await expect(readTorchFile(path(), 'weights')).rejects.toMatchObject({ code: 'bad-model' });
  });
});
