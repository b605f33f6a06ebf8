import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { TorchTensor } from './pytorch/torch-file.ts';

/** The header's length is a multiple of this, so that the numbers begin at such an offset. */
const alignmentBytes = 8;

/**
 * Writes tensors of 32-bit numbers as a safetensors file, in the order of their names. The same tensors always give the
 * same bytes.
 * @param path must not exist
 * @returns the file's sha256
 */
export async function writeSafetensors(tensors: ReadonlyMap<string, TorchTensor>, path: string): Promise<string> {
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
  let offset = 0;
  const entries = sorted.map(([name, { shape, values }]) => {
    const start = offset;
    offset += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [start, offset] }];
  });
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const header = Buffer.alloc(Math.ceil(json.length / alignmentBytes) * alignmentBytes, ' ');
  json.copy(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const numbers = sorted.map(([, { values }]) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  const bytes = Buffer.concat([length, header, ...numbers]);
  await writeFile(path, bytes, { flag: 'wx', flush: true });
  return createHash('sha256').update(bytes).digest('hex');
}
