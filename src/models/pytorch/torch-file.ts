import { unzipSync } from 'fflate';
import { readFile, stat } from 'node:fs/promises';
import { HeedError } from '../../errors.ts';
import { PickledGlobal, unpickle, type PickledCall, type UnpickleOptions } from './unpickle.ts';

/** One tensor of a checkpoint: 32-bit numbers, rows first. */
export interface TorchTensor {
  shape: readonly number[];
  values: Float32Array;
}

/** The largest file that is read; those of the models for speakers have 18 MB. */
const maxFileBytes = 256 * 1024 * 1024;
const maxPickleBytes = 8 * 1024 * 1024;
/** What a file of the old layout begins with. */
const magic = Number(0x1950a86a20f9469cfc6cn);
const oldProtocol = 1001;

/** Globals that tensors consist of. */
const tensorGlobals = {
  dictionary: 'collections OrderedDict',
  tensor: 'torch._utils _rebuild_tensor_v2',
  floats: 'torch FloatStorage',
  /** Counters of a training run: tensors of these are read over. */
  integers: 'torch LongStorage',
};
/** Globals that describe a training run: they are read over, since a checkpoint cannot be read without them. */
const otherGlobals = [
  '__builtin__ dict',
  '__builtin__ list',
  '__builtin__ long',
  'collections defaultdict',
  'omegaconf.base ContainerMetadata',
  'omegaconf.base Metadata',
  'omegaconf.listconfig ListConfig',
  'omegaconf.nodes AnyNode',
  'pyannote.audio.core.model Introspection',
  'pyannote.audio.core.task Problem',
  'pyannote.audio.core.task Resolution',
  'pyannote.audio.core.task Specifications',
  'torch.torch_version TorchVersion',
  'typing Any',
];
const allowed = new Set([...Object.values(tensorGlobals), ...otherGlobals]);

/** A storage of numbers that tensors share, by its key. */
interface Storage {
  key: string;
  elements: number;
  areIntegers: boolean;
}

/** A tensor before its numbers are read. */
class Reference {
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];

  constructor(storage: Storage, offset: number, shape: readonly number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
  }
}

/**
 * Reads the tensors of a PyTorch file, in the layout of today (a zip archive) or of before 2020, without running any
 * of it.
 * @param group the entry of the checkpoint that holds the tensors, such as `state_dict`; absent where it holds them
 * itself
 * @throws HeedError `bad-model` when the file is damaged, names what no weights need, or lacks the group
 */
export async function readTorchFile(path: string, group?: string): Promise<Map<string, TorchTensor>> {
  try {
    const { size } = await stat(path);
    if (size > maxFileBytes) throw wrong(`it has ${size} bytes`);
    const bytes = await readFile(path);
    const isArchive = bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04';
    const { checkpoint, numbers } = isArchive ? readArchive(bytes) : readOldLayout(bytes);
    const entries: unknown = group !== undefined && checkpoint instanceof Map ? checkpoint.get(group) : checkpoint;
    if (!(entries instanceof Map)) throw wrong(`it has no ${group ?? 'tensors'}`);
    const tensors = new Map<string, TorchTensor>();
    for (const [name, value] of entries)
      if (typeof name === 'string' && value instanceof Reference && !value.storage.areIntegers)
        tensors.set(name, { shape: value.shape, values: valuesOf(value, numbers) });
    return tensors;
  } catch (error) {
    if (error instanceof HeedError)
      throw new HeedError('bad-model', `The weights ${path} cannot be used. ${error.message}`, { cause: error });
    throw new HeedError('bad-model', `The weights ${path} cannot be read.`, { cause: error });
  }
}

interface Contents {
  checkpoint: unknown;
  /** The bytes of a storage: little-endian 32-bit numbers. */
  numbers: (storage: Storage) => Uint8Array | undefined;
}

function readArchive(bytes: Uint8Array): Contents {
  let total = 0;
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      total += originalSize;
      if (total > maxFileBytes || (name.endsWith('.pkl') && originalSize > maxPickleBytes))
        throw wrong('it is too large when unpacked');
      return true;
    },
  });
  const main = Object.keys(files).find((name) => name.endsWith('/data.pkl'));
  if (main === undefined) throw wrong('the archive has no data.pkl');
  const folder = main.slice(0, -'data.pkl'.length);
  return {
    checkpoint: unpickle(files[main]!, 0, reading()).value,
    numbers: ({ key }) => files[`${folder}data/${key}`],
  };
}

/** Four pickles (a magic number, the protocol, the machine, the checkpoint), the keys, then the storages' numbers. */
function readOldLayout(bytes: Uint8Array): Contents {
  let at = 0;
  const next = (): unknown => {
    const { value, endByte } = unpickle(bytes, at, reading());
    at = endByte;
    return value;
  };
  if (next() !== magic || next() !== oldProtocol) throw wrong('it is no file of PyTorch');
  next();
  const checkpoint = next();
  const keys = next();
  if (!Array.isArray(keys)) throw wrong('it has no list of storages');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const storages = new Map<unknown, Uint8Array>();
  for (const key of keys) {
    const elements = at + 8 <= bytes.length ? Number(view.getBigInt64(at, true)) : -1;
    const end = at + 8 + 4 * elements;
    if (elements < 0 || end > bytes.length) throw wrong('it is cut');
    storages.set(key, bytes.subarray(at + 8, end));
    at = end;
  }
  return { checkpoint, numbers: ({ key }) => storages.get(key) };
}

function reading(): UnpickleOptions {
  return { isAllowed: (name) => allowed.has(name), reduce, load: storageOf };
}

function reduce({ callee, args }: PickledCall): unknown {
  if (callee.name === tensorGlobals.dictionary && args.length === 0) return new Map();
  return callee.name === tensorGlobals.tensor ? referenceOf(args) : undefined;
}

/** `("storage", FloatStorage, key, location, elements)`; one of other numbers is no weight. */
function storageOf([tag, type, key, , elements]: readonly unknown[]): Storage {
  const kind = type instanceof PickledGlobal ? type.name : undefined;
  const areIntegers = kind === tensorGlobals.integers;
  const isKnown = areIntegers || kind === tensorGlobals.floats;
  if (tag !== 'storage' || !isKnown || typeof key !== 'string' || !isCount(elements))
    throw wrong('it holds other numbers than 32-bit ones');
  return { key, elements, areIntegers };
}

/** `(storage, offset, shape, stride, …)`, of which only tensors in one piece are taken. */
function referenceOf([storage, offset, shape, stride]: readonly unknown[]): Reference {
  const sizes = shape as readonly number[];
  if (!isStorage(storage) || !isCount(offset) || !areCounts(shape) || !areCounts(stride))
    throw wrong('it has a tensor without a place');
  let expected = 1;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    if (sizes[axis] !== 1 && stride[axis] !== expected) throw wrong('it has a tensor in pieces');
    expected *= sizes[axis]!;
  }
  return new Reference(storage, offset, sizes);
}

function valuesOf({ storage, offset, shape }: Reference, numbers: Contents['numbers']): Float32Array {
  const elements = shape.reduce((product, size) => product * size, 1);
  const bytes = numbers(storage);
  if (!bytes || bytes.length < 4 * storage.elements || offset + elements > storage.elements) throw wrong('it is cut');
  // A copy, since the numbers may lie anywhere in the file, and a Float32Array must begin at a multiple of four.
  return new Float32Array(Uint8Array.from(bytes.subarray(4 * offset, 4 * (offset + elements))).buffer);
}

function isStorage(value: unknown): value is Storage {
  return typeof value === 'object' && value !== null && 'elements' in value && 'key' in value;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function areCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= 8 && value.every(isCount);
}

function wrong(reason: string): HeedError {
  return new HeedError('bad-model', `The file of PyTorch is none that heed takes: ${reason}.`);
}
