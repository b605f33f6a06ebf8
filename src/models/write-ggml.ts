import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { HeedError } from '../errors.ts';
import { convertFloats } from './float-convert.ts';
import { melFilters, spectrumBins } from './mel-filters.ts';
import { floatBytes, type ModelSource, type TensorSlice } from './model-source.ts';
import type { WorkOptions } from './progress.ts';
import { elementsOf, tensorLayout, type TensorSpec } from './tensor-layout.ts';

const magic = 0x6767_6d6c;
const fileTypeF16 = 1;
const chunkElements = 512 * 1024;

/**
 * Writes a ggml file with f16 matrices. The same source always gives the same bytes, and only a megabyte or two is held
 * in memory.
 * @param path must not exist
 * @returns the file's sha256
 * @throws HeedError `bad-model` when the source lacks a tensor or its shape is wrong, `aborted`
 */
export async function writeGgml(source: ModelSource, path: string, options: WorkOptions = {}): Promise<string> {
  const { hyperparameters, vocabulary, tensors } = source;
  const layout = tensorLayout(hyperparameters).map((spec) => ({ spec, slice: sliceFor(spec, tensors) }));
  const totalBytes = layout.reduce((sum, { spec }) => sum + elementsOf(spec.shape) * floatBytes[floatTypeOf(spec)], 0);
  const files = new Map<string, FileHandle>();
  const output = await open(path, 'wx');
  try {
    const hash = createHash('sha256');
    const write = async (bytes: Uint8Array): Promise<void> => {
      hash.update(bytes);
      await output.writeFile(bytes);
    };
    await write(header(source, vocabulary));
    let doneBytes = 0;
    for (const { spec, slice } of layout) {
      await write(tensorHeader(spec));
      const file = files.get(slice.path) ?? (await open(slice.path, 'r'));
      files.set(slice.path, file);
      for await (const bytes of convertedSlice(file, slice, { name: spec.name, type: floatTypeOf(spec) })) {
        if (options.signal?.aborted === true) throw new HeedError('aborted', 'The conversion was cancelled.');
        await write(bytes);
        doneBytes += bytes.length;
        options.onProgress?.({ phase: 'converting', doneBytes, totalBytes });
      }
    }
    await output.sync();
    return hash.digest('hex');
  } finally {
    await output.close();
    for (const file of files.values()) await file.close();
  }
}

function sliceFor(spec: TensorSpec, tensors: Map<string, TensorSlice>): TensorSlice {
  const slice = tensors.get(spec.name);
  if (!slice)
    throw new HeedError(
      'bad-model',
      `A Whisper model of this size has a tensor ${spec.name}, but the source lacks it.`,
    );
  if (slice.elements !== elementsOf(spec.shape)) {
    throw new HeedError(
      'bad-model',
      `${spec.name} should hold ${spec.shape.join('×')} numbers, it holds ${slice.elements}.`,
    );
  }
  return slice;
}

function floatTypeOf({ kind }: TensorSpec): 'f32' | 'f16' {
  return kind === 'f32' ? 'f32' : 'f16';
}

function header({ hyperparameters }: ModelSource, vocabulary: Uint8Array[]): Uint8Array {
  const {
    vocabularySize,
    audioContext,
    audioState,
    audioHeads,
    audioLayers,
    textContext,
    textState,
    textHeads,
    textLayers,
    melBins,
  } = hyperparameters;
  const filters = melFilters(melBins);
  return Buffer.concat([
    int32s(
      magic,
      vocabularySize,
      audioContext,
      audioState,
      audioHeads,
      audioLayers,
      textContext,
      textState,
      textHeads,
      textLayers,
      melBins,
      fileTypeF16,
    ),
    int32s(melBins, spectrumBins),
    new Uint8Array(filters.buffer),
    int32s(vocabulary.length),
    ...vocabulary.flatMap((token) => [int32s(token.length), token]),
  ]);
}

function tensorHeader(spec: TensorSpec): Uint8Array {
  const name = new TextEncoder().encode(spec.name);
  return Buffer.concat([
    int32s(spec.shape.length, name.length, spec.kind === 'f32' ? 0 : 1, ...spec.shape.toReversed()),
    name,
  ]);
}

/**
 * Reads a tensor's numbers a megabyte at a time, in another number type.
 * @throws HeedError `bad-model` when the file is cut, or a number does not fit
 */
export async function* convertedSlice(
  file: FileHandle,
  slice: TensorSlice,
  { name, type }: { name: string; type: 'f32' | 'f16' },
): AsyncGenerator<Uint8Array> {
  const sourceBytes = floatBytes[slice.type];
  for (let done = 0; done < slice.elements; done += chunkElements) {
    const wanted = Math.min(chunkElements, slice.elements - done) * sourceBytes;
    const { buffer, bytesRead } = await file.read(
      new Uint8Array(wanted),
      0,
      wanted,
      slice.offsetBytes + done * sourceBytes,
    );
    if (bytesRead < wanted)
      throw new HeedError('bad-model', `${slice.path} is cut: ${name} ends early. Fetch the file again.`);
    const { bytes, overflows } = convertFloats(buffer, slice.type, type);
    if (overflows)
      throw new HeedError(
        'bad-model',
        `${name} in ${slice.path} holds a number that is not finite or too large for 16 bits.`,
      );
    yield bytes;
  }
}

function int32s(...numbers: number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(numbers).buffer);
}
