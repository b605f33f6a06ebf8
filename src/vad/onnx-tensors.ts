import { PbfReader } from 'pbf';

/** The fields of onnx.proto3 that lead to a model's weights. */
const fields = { graph: 7, initializer: 5, dataType: 2, name: 8, rawData: 9 };

const float32 = 1;

type Tensors = Record<string, Float32Array>;

interface StoredTensor {
  name: string;
  dataType: number;
  raw?: Uint8Array;
}

/**
 * Reads the weights of an ONNX file by name: the tensors of 32-bit floats that it stores as raw bytes, in their order,
 * without their shapes.
 */
export function readTensors(bytes: Uint8Array): Tensors {
  return new PbfReader(bytes).readFields<Tensors>(readModelField, {});
}

function readModelField(field: number, tensors: Tensors, reader: PbfReader): void {
  if (field === fields.graph) reader.readMessage(readGraphField, tensors);
}

function readGraphField(field: number, tensors: Tensors, reader: PbfReader): void {
  if (field !== fields.initializer) return;
  const { name, dataType, raw } = reader.readMessage<StoredTensor>(readTensorField, { name: '', dataType: 0 });
  // Copied, because a float array must begin at a multiple of four bytes.
  if (raw && dataType === float32) tensors[name] = new Float32Array(new Uint8Array(raw).buffer);
}

function readTensorField(field: number, tensor: StoredTensor, reader: PbfReader): void {
  if (field === fields.name) tensor.name = reader.readString();
  else if (field === fields.dataType) tensor.dataType = reader.readVarint();
  else if (field === fields.rawData) tensor.raw = reader.readBytes();
}
