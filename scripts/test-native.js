// npm run test:native: tests heed's C++ under AddressSanitizer and UBSan. The C++ tests run first and need no model.
// With --addon it also makes thousands of wrong calls to the addons, which it builds with sanitizers for this (minutes
// the first time) and runs with the default model.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run, runLogged } from './run.js';
import { runMain } from './setup.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const env = { ...process.env, CMAKE_BUILD_PARALLEL_LEVEL: String(availableParallelism()) };

/** Builds and runs the C++ tests, which are a small CMake project of their own. */
async function testPlainSources() {
  const log = at('build', 'native-tests.log');
  mkdirSync(at('build'), { recursive: true });
  await runLogged('cmake', ['-S', at('test', 'native'), '-B', at('build', 'native-tests')], { log, env });
  await runLogged('cmake', ['--build', at('build', 'native-tests')], { log, env });
  return run(at('build', 'native-tests', 'native-tests'), []);
}

async function testAddons() {
  const cmakeJs = at('node_modules', 'cmake-js', 'bin', 'cmake-js');
  const out = at('build', 'sanitized');
  mkdirSync(out, { recursive: true });
  console.error('▶ Building the addons with sanitizers');
  await runLogged(
    process.execPath,
    [cmakeJs, 'compile', '--out', out, '--CDHEED_BACKEND=cpu', '--CDHEED_SANITIZE=ON'],
    {
      log: at('build', 'sanitized.log'),
      cwd: root,
      env,
    },
  );
  const { loadConfig } = await import(pathToFileURL(at('dist', 'config', 'index.js')).href);
  const { ensureModel } = await import(pathToFileURL(at('dist', 'models', 'index.js')).href);
  const { transcribe, models } = loadConfig();
  const model = await ensureModel(transcribe.model, models);
  console.error('▶ Wrong calls');
  return run(process.execPath, [at('test', 'native', 'wrong-calls.js'), join(out, 'Release'), model], {
    env: {
      ...env,
      LD_PRELOAD: ['libasan.so', 'libubsan.so', 'libstdc++.so'].map(libraryPath).join(':'),
      ASAN_OPTIONS: 'detect_leaks=0', // node itself does not free everything
      UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1',
    },
  });
}

function libraryPath(name) {
  return execFileSync('gcc', [`-print-file-name=${name}`], { encoding: 'utf8' }).trim();
}

await runMain(async () => {
  const code = await testPlainSources();
  if (code !== 0 || !process.argv.includes('--addon')) return code;
  return testAddons();
});
