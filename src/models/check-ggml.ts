import { FileCursor } from './file-cursor.ts';
import { hyperparameterProblem, type Hyperparameters } from './hyperparameters.ts';
import { spectrumBins } from './mel-filters.ts';
import { openRegular } from './open-regular.ts';
import { elementsOf, tensorLayout, type TensorSpec } from './tensor-layout.ts';

const magic = 0x6767_6d6c;
const quantisationVersionFactor = 1000;
const maxTokenBytes = 1024;

interface NumberType {
  id: number;
  /** How many numbers a block has, and how many bytes it takes. */
  block: number;
  bytes: number;
}

const f32: NumberType = { id: 0, block: 1, bytes: 4 };
const f16: NumberType = { id: 1, block: 1, bytes: 2 };

/** The type of the matrices by the file type in the header; see `ggml_ftype` and the block sizes in ggml-common.h. */
const matrixTypes: Record<number, NumberType> = {
  1: f16,
  2: { id: 2, block: 32, bytes: 18 }, // q4_0
  3: { id: 3, block: 32, bytes: 20 }, // q4_1
  7: { id: 8, block: 32, bytes: 34 }, // q8_0
  8: { id: 6, block: 32, bytes: 22 }, // q5_0
  9: { id: 7, block: 32, bytes: 24 }, // q5_1
  10: { id: 10, block: 256, bytes: 84 }, // q2_k
  11: { id: 11, block: 256, bytes: 110 }, // q3_k
  12: { id: 12, block: 256, bytes: 144 }, // q4_k
  13: { id: 13, block: 256, bytes: 176 }, // q5_k
  14: { id: 14, block: 256, bytes: 210 }, // q6_k
  24: { id: 30, block: 1, bytes: 2 }, // bf16
};

/** The contents of a ggml file's header. */
export interface GgmlInfo {
  hyperparameters: Hyperparameters;
  multilingual: boolean;
}

/**
 * Walks through a whole ggml file, tensor by tensor, so that native code never sees a file that is cut, of another kind
 * or crafted to do harm: such a file would abort the process. Only headers are read, which takes milliseconds.
 * @throws HeedError `not-found`, `bad-model`
 */
export async function checkGgmlFile(path: string): Promise<GgmlInfo> {
  const { file, sizeBytes } = await openRegular(path, ` To use a model folder, run: heed models import ${path}`);
  try {
    const cursor = new FileCursor(file, sizeBytes, path);
    const { hyperparameters, matrixType } = await readHeader(cursor);
    await skipMelFilters(cursor, hyperparameters.melBins);
    await skipVocabulary(cursor, hyperparameters.vocabularySize);
    await walkTensors(cursor, hyperparameters, matrixType);
    return { hyperparameters, multilingual: hyperparameters.vocabularySize !== 51_864 };
  } finally {
    await file.close();
  }
}

async function readHeader(cursor: FileCursor): Promise<{ hyperparameters: Hyperparameters; matrixType: NumberType }> {
  if (cursor.sizeBytes < 4 || (await cursor.uint32()) !== magic)
    throw cursor.wrong('it is not a ggml file of whisper.cpp (GGUF files and other kinds do not work)');
  const hyperparameters: Hyperparameters = {
    vocabularySize: await cursor.int32(),
    audioContext: await cursor.int32(),
    audioState: await cursor.int32(),
    audioHeads: await cursor.int32(),
    audioLayers: await cursor.int32(),
    textContext: await cursor.int32(),
    textState: await cursor.int32(),
    textHeads: await cursor.int32(),
    textLayers: await cursor.int32(),
    melBins: await cursor.int32(),
  };
  const problem = hyperparameterProblem(hyperparameters);
  if (problem !== undefined) throw cursor.wrong(problem);
  const fileType = await cursor.int32();
  if (fileType === 0)
    throw cursor.wrong(
      'its numbers are 32 bits wide, and the engine needs 16 or fewer; convert it again with f16, ' +
        'or import the original folder with `heed models import`',
    );
  const matrixType = matrixTypes[fileType % quantisationVersionFactor];
  if (fileType < 0 || !matrixType) throw cursor.wrong(`its file type ${fileType} is unknown`);
  return { hyperparameters, matrixType };
}

async function skipMelFilters(cursor: FileCursor, melBins: number): Promise<void> {
  const [rows, columns] = [await cursor.int32(), await cursor.int32()];
  if (rows !== melBins || columns !== spectrumBins)
    throw cursor.wrong(`mel filters of ${melBins}×${spectrumBins} were expected, but ${rows}×${columns} came`);
  cursor.skip(4 * rows * columns);
}

async function skipVocabulary(cursor: FileCursor, vocabularySize: number): Promise<void> {
  const count = await cursor.int32();
  if (count < 50_256 || count > vocabularySize)
    throw cursor.wrong(`50256 to ${vocabularySize} tokens were expected, but ${count} came`);
  for (let id = 0; id < count; id++) {
    const length = await cursor.uint32();
    if (length > maxTokenBytes) throw cursor.wrong(`token ${id} claims ${length} bytes`);
    cursor.skip(length);
  }
}

async function walkTensors(
  cursor: FileCursor,
  hyperparameters: Hyperparameters,
  matrixType: NumberType,
): Promise<void> {
  const missing = new Map(tensorLayout(hyperparameters).map((spec) => [spec.name, spec]));
  while (!cursor.isAtEnd) {
    const [axes, nameBytes, typeId] = [await cursor.int32(), await cursor.int32(), await cursor.int32()];
    if (axes < 1 || axes > 4 || nameBytes < 1 || nameBytes > 128)
      throw cursor.wrong(`byte ${cursor.position - 12} should begin a tensor and does not`);
    const sizes: number[] = [];
    for (let axis = 0; axis < axes; axis++) sizes.push(await cursor.int32());
    const name = new TextDecoder().decode(await cursor.bytes(nameBytes));
    const spec = missing.get(name);
    if (!spec)
      throw cursor.wrong(
        `it holds a tensor ${JSON.stringify(name)} that a model of this size does not have, or has once`,
      );
    missing.delete(name);
    const type = typeOf(spec, matrixType);
    if (typeId !== type.id) throw cursor.wrong(`${name} has the number type ${typeId} where ${type.id} was expected`);
    if (!sameShape(sizes, spec))
      throw cursor.wrong(`${name} is ${sizes.toReversed().join('×')} where ${spec.shape.join('×')} was expected`);
    if (sizes[0]! % type.block !== 0) throw cursor.wrong(`${name} cannot be cut into blocks of ${type.block}`);
    cursor.skip((elementsOf(spec.shape) / type.block) * type.bytes);
  }
  const [first] = missing.keys();
  if (first !== undefined)
    throw cursor.wrong(`it is cut or incomplete: ${missing.size} tensors are missing, the first is ${first}`);
}

function typeOf({ kind }: TensorSpec, matrixType: NumberType): NumberType {
  return kind === 'matrix' ? matrixType : kind === 'convolution' ? f16 : f32;
}

/** A file stores sizes innermost first, and whisper.cpp takes omitted ones as one. */
function sameShape(sizes: number[], { shape }: TensorSpec): boolean {
  return [0, 1, 2, 3].every((axis) => (sizes[axis] ?? 1) === (shape.toReversed()[axis] ?? 1));
}
