import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeWholeFile } from '../../src/audio/decode-file.ts';
import { HeedError } from '../../src/errors.ts';

/** One recording of the data folder. */
export interface Clip {
  set: string;
  seconds: number;
  /** As in the manifest. Random choices use the name as their seed, because it is the same on every machine. */
  name: string;
  /** The absolute path. */
  path: string;
  label: string;
}

const header = ['set', 'seconds', 'file', 'label'];

/** Reads the `manifest.tsv` of a data folder. @throws HeedError `bad-config` when its layout is wrong */
export function readManifest(dataDir: string): Clip[] {
  const path = join(dataDir, 'manifest.tsv');
  const [first = '', ...lines] = readFileSync(path, 'utf8').split(/\r?\n/);
  if (first.split('\t').join() !== header.join()) {
    throw new HeedError(
      'bad-config',
      `${path} was expected to begin with the line ${header.join(', ')} (tabs between), ` + `but "${first}" came.`,
    );
  }
  return lines
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const [set, seconds, file, ...label] = line.split('\t');
      if (!set || !file || !Number.isFinite(Number(seconds))) {
        throw new HeedError(
          'bad-config',
          `${path}, line ${index + 2}: set, seconds, file and label with tabs between were expected, ` +
            `but "${line}" came.`,
        );
      }
      return { set, seconds: Number(seconds), name: file, path: join(dataDir, file), label: label.join('\t') };
    });
}

/**
 * Returns the clips of one set, at most `limit` of them, spread over the whole set.
 * @throws HeedError `not-found` for an empty set
 */
export function clipsOf(manifest: Clip[], set: string, limit = Infinity): Clip[] {
  const clips = manifest.filter((clip) => clip.set === set);
  if (clips.length === 0) {
    const sets = [...new Set(manifest.map((clip) => clip.set))];
    throw new HeedError(
      'not-found',
      `Clips of the set ${set} were expected, but the manifest has ${sets.join(', ') || 'none'}.`,
    );
  }
  return spread(clips, limit);
}

/** Returns at most `limit` of the items, spread over all of them. */
export function spread<T>(items: readonly T[], limit = Infinity): T[] {
  if (items.length <= limit) return [...items];
  return Array.from({ length: limit }, (_, index) => items[Math.floor((index * items.length) / limit)]!);
}

/** Returns a clip's audio, 16 kHz mono. */
export function loadClip(clip: Clip): Promise<Float32Array> {
  return decodeWholeFile(clip.path);
}
