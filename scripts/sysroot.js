// node scripts/sysroot.js DIR [x64|arm64]: unpacks the C and C++ libraries of Debian 11 into DIR. The prebuilt addons
// for Linux are linked against them, so that they run with glibc 2.31. debootstrap fetches and verifies the packages;
// nothing is installed, and nothing in them is run.
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { answers, runLogged } from './run.js';
import { SetupError } from './setup-error.js';
import { runMain } from './setup.js';

const needed = /^(libc6|libc6-dev|libgcc-10-dev|libgcc-s1|libstdc\+\+6|libstdc\+\+-10-dev|linux-libc-dev)_/;

/** Debian's names of the architectures, and those in the folders of its libraries. */
export const architectures = {
  x64: { debian: 'amd64', triple: 'x86_64-linux-gnu' },
  arm64: { debian: 'arm64', triple: 'aarch64-linux-gnu' },
};

/** Fills a folder with the libraries of an architecture. */
export async function makeSysroot(folder, { debian }) {
  for (const tool of ['debootstrap', 'dpkg-deb'])
    if ((await answers(tool)) === undefined) throw new SetupError(`${tool} is missing: apt install ${tool}`);
  const packages = mkdtempSync(join(tmpdir(), 'heed-sysroot-'));
  try {
    const what = ['--download-only', '--variant=minbase', '--include=libstdc++-10-dev'];
    await runLogged('debootstrap', [...what, `--arch=${debian}`, 'bullseye', packages], {
      log: join(packages, 'debootstrap.log'),
    });
    const archives = join(packages, 'var', 'cache', 'apt', 'archives');
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(archives).filter((file) => needed.test(file)))
      await runLogged('dpkg-deb', ['-x', join(archives, name), folder], { log: join(packages, 'unpack.log') });
  } finally {
    rmSync(packages, { recursive: true, force: true });
  }
  makeLinksRelative(folder, folder);
}

/** The packages' links start at the root of a system; a linker would follow them out of this folder. */
function makeLinksRelative(folder, sysroot) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = lstatSync(path);
    if (stat.isDirectory()) makeLinksRelative(path, sysroot);
    if (!stat.isSymbolicLink() || !readlinkSync(path).startsWith('/')) continue;
    const target = relative(dirname(path), join(sysroot, readlinkSync(path)));
    unlinkSync(path);
    symlinkSync(target, path);
  }
}

/**
 * Returns the CMake options that compile for a Linux with these libraries. The compiler may be much newer: heed needs
 * GCC 12, because with GCC 10 a reading takes half as long again. Its own headers of the libraries are shut out, since
 * what they declare may be missing in the old ones.
 */
export async function sysrootOptions(sysroot, { triple }, compiler = 'gcc') {
  const builtin = (await answers(compiler, ['-print-file-name=include']))?.trim();
  if (!builtin) throw new SetupError(`The compiler ${compiler} is missing: apt install g++-${triple}`);
  const include = (...folder) => join(sysroot, 'usr', 'include', ...folder);
  const headers = (...folders) => folders.map((folder) => `-isystem ${folder}`).join(' ');
  const c = headers(builtin, include(triple), include());
  const libraries = [
    ['usr', 'lib', 'gcc', triple, '10'],
    ['usr', 'lib', triple],
    ['lib', triple],
  ].map((folder) => `-L${join(sysroot, ...folder)}`);
  return {
    CMAKE_SYSROOT: sysroot,
    CMAKE_C_FLAGS: `-nostdinc ${c}`,
    CMAKE_CXX_FLAGS: `-nostdinc -nostdinc++ ${headers(include('c++', '10'), include(triple, 'c++', '10'))} ${c}`,
    CMAKE_SHARED_LINKER_FLAGS: libraries.join(' '),
    CMAKE_EXE_LINKER_FLAGS: libraries.join(' '),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runMain(async () => {
    const [folder, architecture = process.arch] = process.argv.slice(2);
    if (folder === undefined || !architectures[architecture])
      throw new SetupError('Name a folder, and x64 or arm64: node scripts/sysroot.js build/sysroot/arm64 arm64');
    await makeSysroot(resolve(folder), architectures[architecture]);
    return 0;
  });
