import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Remembers what each step of the set-up was made from, so that a second run skips what is up to date.
 * The stamp of a step is a hash over its input files and settings.
 */
export class Stamps {
  #file;
  #stamps;

  constructor(folder) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, 'stamps.json');
    this.#stamps = existsSync(this.#file) ? JSON.parse(readFileSync(this.#file, 'utf8')) : {};
  }

  /**
   * Runs `make`, unless its inputs are the same as at its last success and all outputs exist. Returns whether it ran.
   */
  async step(name, { inputs, settings = [], outputs }, make) {
    const stamp = hashInputs(inputs, settings);
    if (this.#stamps[name] === stamp && outputs.every((path) => existsSync(path))) return false;
    await make();
    this.#stamps[name] = stamp;
    writeFileSync(this.#file, JSON.stringify(this.#stamps, null, 2));
    return true;
  }
}

function hashInputs(inputs, settings) {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const path of inputs.flatMap(listFiles).sort()) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

function listFiles(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
