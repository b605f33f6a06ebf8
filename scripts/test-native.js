// npm run test:native: heed's C++ under AddressSanitizer and UBSan. First its own tests, which need no model; with
// --addon also thousands of wrong calls on the addons' JavaScript faces, which are built once more for that (minutes
// the first time) and read with the default model.
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

/** The C++ tests: a small target of their own. */
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
      ASAN_OPTIONS: 'detect_leaks=0', // node itself never frees everything
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
