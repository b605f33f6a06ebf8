import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { asHeedError, HeedError, quoted } from '../../errors.ts';
import { checkPrivateFolder, readPrivateFile } from '../../platform/private-file.ts';
import { writeWholeSync } from '../../platform/write-whole.ts';
import { voiceKey } from '../../types.ts';
import { formatVoice, parseVoice, type KnownVoice } from './known-voice.ts';

/** How long what was found in the folder counts, ms. */
const freshMs = 1_000;
/** How many voices are kept at most, and how long a file may be. */
const [maxVoices, maxFileBytes] = [50, 256 * 1024];
const filePattern = /^[0-9a-f]{32}\.json$/;

/** A file as it was when it was read. */
interface ReadFile {
  /** Changes with the file. */
  stamp: string;
  voice: KnownVoice | undefined;
}

/**
 * The known voices, one small file each. The folder is looked at again when somebody asks a second later, so that what
 * another process has added or removed counts soon.
 */
export class VoiceStore {
  readonly #folder: string;
  readonly #tell: (problem: string) => void;
  readonly #nowMs: () => number;
  #files = new Map<string, ReadFile>();
  #voices: readonly KnownVoice[] = [];
  #lookedAtMs = -Infinity;
  #problem: string | undefined;

  /** @param tell is told of each file that is skipped, once @param nowMs the time */
  constructor(folder: string, tell: (problem: string) => void, nowMs = (): number => performance.now()) {
    this.#folder = resolve(folder);
    this.#tell = tell;
    this.#nowMs = nowMs;
  }

  /** All voices, by name, as they were less than a second ago. A file that cannot be read is told and skipped. */
  list(): readonly KnownVoice[] {
    if (this.#nowMs() - this.#lookedAtMs >= freshMs) this.#look();
    return this.#voices;
  }

  #look(): void {
    this.#lookedAtMs = this.#nowMs();
    const files = new Map<string, ReadFile>();
    for (const name of this.#names()) {
      const path = join(this.#folder, name);
      const stamp = stampOf(path);
      if (stamp === undefined) continue;
      const before = this.#files.get(name);
      files.set(name, before?.stamp === stamp ? before : { stamp, voice: this.#read(path, name) });
    }
    this.#files = files;
    this.#voices = [...files.values()]
      .flatMap(({ voice }) => voice ?? [])
      .sort((a, b) => a.name.localeCompare(b.name))
      .slice(0, maxVoices);
  }

  /** Returns a voice by its name. */
  get(name: string): KnownVoice | undefined {
    return this.list().find((voice) => voiceKey(voice.name) === voiceKey(name));
  }

  /**
   * Keeps a voice, in the place of one of the same name.
   * @throws HeedError `too-many`, `bad-config` when the folder is not the user's own, `no-space`
   */
  put(voice: KnownVoice): void {
    checkPrivateFolder(this.#folder);
    this.#look();
    if (!this.get(voice.name) && this.list().length >= maxVoices)
      throw new HeedError('too-many', `${maxVoices} voices are known, which is the most. Remove one of them first.`);
    this.#put(voice);
  }

  /**
   * Gives a voice another name. Returns false when there is none of the old one.
   * @throws HeedError `bad-config` when somebody else has the new name; what `put` throws
   */
  rename(from: string, to: string): boolean {
    this.#look();
    const voice = this.get(from);
    if (!voice) return false;
    const isSame = voiceKey(from) === voiceKey(to);
    if (!isSame && stampOf(join(this.#folder, fileNameOf(to))) !== undefined)
      throw new HeedError('bad-config', `A voice named ${quoted([to])} is known already. Take another name.`);
    // For a moment there are both, which is better than neither, should heed end in between.
    this.#put({ ...voice, name: to });
    if (!isSame) this.remove(from);
    return true;
  }

  /** Forgets a voice: there is nothing of it but its file. Returns false when there is none of this name. */
  remove(name: string): boolean {
    const path = join(this.#folder, fileNameOf(name));
    if (stampOf(path) === undefined) return false;
    rmSync(path, { force: true });
    this.#look();
    return true;
  }

  #put(voice: KnownVoice): void {
    try {
      writeWholeSync(join(this.#folder, fileNameOf(voice.name)), formatVoice(voice), { mode: 0o600 });
    } catch (error) {
      const { code, message } = asHeedError(error);
      if (code !== 'internal') throw error;
      throw new HeedError('bad-config', `${this.#folder} cannot be written: ${message}`, { cause: error });
    }
    this.#look();
  }

  /** The names of the files; none while the folder is missing or cannot be trusted. */
  #names(): string[] {
    try {
      if (stampOf(this.#folder) === undefined) return [];
      checkPrivateFolder(this.#folder);
      this.#problem = undefined;
      return readdirSync(this.#folder).filter((name) => filePattern.test(name));
    } catch (error) {
      const problem = `No voice is known, because their folder cannot be used: ${(error as Error).message}`;
      if (problem !== this.#problem) this.#tell(problem);
      this.#problem = problem;
      return [];
    }
  }

  #read(path: string, name: string): KnownVoice | undefined {
    try {
      const text = readPrivateFile(path, { maxBytes: maxFileBytes, fix: `Run: chmod 600 ${path}` });
      const voice = text === undefined ? undefined : parseVoice(text);
      if (voice && fileNameOf(voice.name) !== name) throw new HeedError('bad-config', 'it holds another name');
      return voice;
    } catch (error) {
      this.#tell(`The voice in ${path} is left out: ${(error as Error).message}`);
      return undefined;
    }
  }
}

/** No name of a person is the name of a file, so that none can lead elsewhere or differ by its capitals only. */
function fileNameOf(name: string): string {
  return `${createHash('sha256').update(voiceKey(name)).digest('hex').slice(0, 32)}.json`;
}

function stampOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats && `${stats.ino} ${stats.mtimeNs} ${stats.size} ${stats.mode}`;
}
