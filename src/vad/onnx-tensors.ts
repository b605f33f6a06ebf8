import { PbfReader } from 'pbf';

/** Fields of onnx.proto3 that lead to a model's weights. */
const fields = { graph: 7, initializer: 5, dataType: 2, name: 8, rawData: 9 };

const float32 = 1;

/** The weights of an ONNX file by name: the tensors of 32-bit floats that it stores as raw bytes, in their order, shapes left out. */
export function readTensors(bytes: Uint8Array): Record<string, Float32Array> {
  const tensors: Record<string, Float32Array> = {};
  const readTensor = (reader: PbfReader, end: number): void => {
    let name = '';
    let dataType = 0;
    let raw: Uint8Array | undefined;
    reader.readFields((field) => {
      if (field === fields.name) name = reader.readString();
      else if (field === fields.dataType) dataType = reader.readVarint();
      else if (field === fields.rawData) raw = reader.readBytes();
    }, undefined, end);
    // Copied, for floats must begin at a multiple of four.
    if (raw && dataType === float32) tensors[name] = new Float32Array(new Uint8Array(raw).buffer);
  };
  const reader = new PbfReader(bytes);
  reader.readFields((field) => {
    if (field !== fields.graph) return;
    const graphEnd = reader.readVarint() + reader.pos;
    reader.readFields((inner) => {
      if (inner === fields.initializer) readTensor(reader, reader.readVarint() + reader.pos);
    }, undefined, graphEnd);
  }, undefined);
  return tensors;
}
