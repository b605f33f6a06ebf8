import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { thisMachine, type Machine } from './processor.ts';

/** One set of addons in a platform package, compiled for processors with certain features. */
interface Variant {
  /** The folder of the addons inside the package. */
  name: string;
  /** The features that the processor must have. */
  needs: string[];
}

/** What a platform package says of itself in its package.json, under `heed`. */
export interface PrebuiltPackage {
  /** The oldest GNU C library that its addons run with; absent where there is no such library. */
  glibc?: string;
  /** The fastest first. */
  variants: Variant[];
}

/** The folder of the addons to use, or why there is none. */
export type Prebuilt = { folder: string } | { problem: string };

/** Returns the folder of the fastest prebuilt addons that run on this machine. */
export function findPrebuilt(machine: Machine = thisMachine()): Prebuilt {
  const name = `@heed/${machine.platform}`;
  let manifest: string;
  try {
    manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  } catch {
    return { problem: `the package ${name} is not installed` };
  }
  const { heed } = JSON.parse(readFileSync(manifest, 'utf8')) as { heed: PrebuiltPackage };
  const chosen = chooseVariant(heed, machine);
  return 'problem' in chosen ? chosen : { folder: join(dirname(manifest), chosen.name) };
}

/** Returns the fastest variant that runs on a machine, or why none does. */
export function chooseVariant(
  { glibc, variants }: PrebuiltPackage,
  { platform, features, glibc: found }: Machine,
): Pick<Variant, 'name'> | { problem: string } {
  if (glibc !== undefined && (found === undefined || isOlder(found, glibc))) {
    const there = found === undefined ? 'this system has another C library' : `this system has ${found}`;
    return { problem: `the prebuilt engine needs glibc ${glibc} or newer; ${there}` };
  }
  const variant = variants.find(({ needs }) =>
    needs.every((feature) => features === undefined || features.has(feature)),
  );
  if (variant) return variant;
  const missing = variants.at(-1)!.needs.filter((feature) => features?.has(feature) !== true);
  return { problem: `the prebuilt engine for ${platform} needs a processor with ${missing.join(', ')}` };
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split('.').map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}
