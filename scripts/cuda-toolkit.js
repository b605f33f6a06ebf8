// node scripts/cuda-toolkit.js DIR: makes a CUDA toolkit in a folder from NVIDIA's wheels on PyPI, for machines that
// have none. It suffices to compile and link with HEED_BACKEND=cuda; running the result needs NVIDIA's driver.
// Downloads 0.5 GB.
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runLogged } from './run.js';

/** All wheels are of one release of the toolkit, because nvcc refuses parts of another. */
const wheels = [
  'nvidia-cuda-nvcc==13.0.88',
  'nvidia-cuda-crt==13.0.88',
  'nvidia-nvvm==13.0.88',
  'nvidia-cuda-runtime==13.0.96',
  'nvidia-cuda-cccl==13.0.85',
  'nvidia-cublas==13.0.2.14',
];

/** Fetches and unpacks the wheels, and gives programs and libraries the names and permissions that CMake expects. */
async function layOut(dir) {
  const python = process.env.PYTHON ?? 'python3';
  const root = join(dir, 'nvidia', 'cu13');
  mkdirSync(join(dir, 'wheels'), { recursive: true });
  const log = join(dir, 'toolkit.log');
  await runLogged(python, ['-m', 'pip', 'download', '--no-deps', '--dest', join(dir, 'wheels'), ...wheels], { log });
  for (const wheel of readdirSync(join(dir, 'wheels')))
    await runLogged(python, ['-m', 'zipfile', '-e', join(dir, 'wheels', wheel), dir], { log });
  for (const folder of ['bin', join('nvvm', 'bin')])
    for (const program of readdirSync(join(root, folder))) chmodSync(join(root, folder, program), 0o755);
  link('lib', join(root, 'lib64'));
  for (const library of readdirSync(join(root, 'lib'))) {
    const [name] = library.split('.so.');
    if (name !== library) link(library, join(root, 'lib', `${name}.so`));
  }
  return root;
}

function link(target, path) {
  try {
    symlinkSync(target, path);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

if (!process.argv[2]) throw new Error('Give a folder: node scripts/cuda-toolkit.js DIR');
const root = await layOut(resolve(process.argv[2]));
console.log(`CUDACXX=${join(root, 'bin', 'nvcc')} CUDAToolkit_ROOT=${root} HEED_BACKEND=cuda npm run setup`);
