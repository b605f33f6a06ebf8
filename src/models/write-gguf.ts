import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { HeedError } from '../errors.ts';
import { convertedSlice } from './write-ggml.ts';
import { floatBytes, type TensorSlice } from './model-source.ts';
import type { WorkOptions } from './progress.ts';

/** One entry of the metadata. */
export type GgufValue =
  | { type: 'uint32' | 'float32'; value: number }
  | { type: 'bool'; value: boolean }
  | { type: 'string'; value: string }
  | { type: 'strings'; value: readonly string[] }
  | { type: 'int32s'; value: readonly number[] };

/** One tensor, and where its numbers come from. */
export interface GgufTensor {
  name: string;
  /** Rows first. */
  shape: readonly number[];
  type: 'f32' | 'f16';
  slice: TensorSlice;
}

/** An opened model from which a GGUF file is written. */
export interface GgufSource {
  metadata: readonly (readonly [key: string, value: GgufValue])[];
  tensors: readonly GgufTensor[];
}

const version = 3;
/** `gguf_type` of ggml. */
const typeIds = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 };
const tensorTypes = { f32: 0, f16: 1 };
const alignmentBytes = 32;

/**
 * Writes a GGUF file. The same source always gives the same bytes, and only a megabyte or two is held in memory.
 * @param path must not exist
 * @returns the file's sha256
 * @throws HeedError `bad-model` when the source is cut, `aborted`
 */
export async function writeGguf(
  { metadata, tensors }: GgufSource,
  path: string,
  options: WorkOptions = {},
): Promise<string> {
  const output = await open(path, 'wx');
  const hash = createHash('sha256');
  let written = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    hash.update(bytes);
    await output.writeFile(bytes);
    written += bytes.length;
  };
  const pad = (): Promise<void> => write(new Uint8Array(padding(written)));
  try {
    await write(headerOf(metadata, tensors));
    await pad();
    const totalBytes = written + tensors.reduce((sum, tensor) => sum + paddedBytes(tensor), 0);
    for (const { name, type, slice } of tensors) {
      const file = await open(slice.path, 'r');
      try {
        for await (const bytes of convertedSlice(file, slice, { name, type })) {
          if (options.signal?.aborted === true) throw new HeedError('aborted', 'The conversion was cancelled.');
          await write(bytes);
          options.onProgress?.({ phase: 'converting', doneBytes: written, totalBytes });
        }
      } finally {
        await file.close();
      }
      await pad();
    }
    await output.sync();
    return hash.digest('hex');
  } finally {
    await output.close();
  }
}

function headerOf(metadata: GgufSource['metadata'], tensors: readonly GgufTensor[]): Uint8Array {
  let offset = 0;
  const infos = tensors.map((tensor) => {
    const { name, shape, type } = tensor;
    const dimensions = shape.toReversed().map(uint64);
    const info = [string(name), uint32(shape.length), ...dimensions, uint32(tensorTypes[type]), uint64(offset)];
    offset += paddedBytes(tensor);
    return Buffer.concat(info);
  });
  return Buffer.concat([
    Buffer.from('GGUF'),
    uint32(version),
    uint64(tensors.length),
    uint64(metadata.length),
    ...metadata.flatMap(([key, value]) => [string(key), ...encoded(value)]),
    ...infos,
  ]);
}

function encoded(entry: GgufValue): Uint8Array[] {
  switch (entry.type) {
    case 'uint32':
      return [uint32(typeIds.uint32), uint32(entry.value)];
    case 'float32':
      return [uint32(typeIds.float32), new Uint8Array(Float32Array.of(entry.value).buffer)];
    case 'bool':
      return [uint32(typeIds.bool), Uint8Array.of(entry.value ? 1 : 0)];
    case 'string':
      return [uint32(typeIds.string), string(entry.value)];
    case 'strings':
      return [...arrayOf(typeIds.string, entry.value.length), ...entry.value.map(string)];
    case 'int32s':
      return [...arrayOf(typeIds.int32, entry.value.length), new Uint8Array(Int32Array.from(entry.value).buffer)];
  }
}

function arrayOf(type: number, length: number): Uint8Array[] {
  return [uint32(typeIds.array), uint32(type), uint64(length)];
}

function string(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer);
}

function uint64(value: number): Uint8Array {
  return new Uint8Array(BigUint64Array.of(BigInt(value)).buffer);
}

function paddedBytes({ slice, type }: GgufTensor): number {
  const bytes = slice.elements * floatBytes[type];
  return bytes + padding(bytes);
}

function padding(bytes: number): number {
  return (alignmentBytes - (bytes % alignmentBytes)) % alignmentBytes;
}
