import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeWholeFile, encodeWav } from '../../src/audio/index.ts';
import { msToSamples } from '../../src/types.ts';
import { repositoryDir } from '../lib/arguments.ts';
import type { Voice } from './synthesizers/synthesizer.ts';

const cacheDir = join(repositoryDir, 'node_modules/.cache/heed-speech/resemble');
/** How much silence a segment has around it. */
const silenceMs = 300;
/** How many sentences are spoken at a time. What has been spoken is kept even if the run is stopped. */
const batch = 100;

/** Speaks the sentences that have not been spoken before. */
export async function speakAll(
  voice: Voice,
  texts: readonly string[],
  progress: (done: number, of: number) => void,
): Promise<void> {
  const version = (await voice.synthesizer.version()) ?? '';
  const wanted = [...new Set(texts)]
    .map((text) => ({ text, cached: pathOf(voice, version, text) }))
    .filter(({ cached }) => !existsSync(cached));
  if (wanted.length === 0) return;
  mkdirSync(join(cacheDir, folderOf(voice)), { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'heed-voice-'));
  try {
    for (let start = 0; start < wanted.length; start += batch) {
      progress(start, wanted.length);
      const part = wanted
        .slice(start, start + batch)
        .map((file, index) => ({ ...file, path: join(folder, `${index}.wav`) }));
      await voice.synthesizer.speak(
        part.map(({ text, path }) => ({ text, path })),
        voice,
      );
      for (const { path, cached } of part) await keep(path, cached);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns what a voice said, 16 kHz mono, with silence around it. */
export async function loadSpoken(voice: Voice, text: string): Promise<Float32Array> {
  const speech = await decodeWholeFile(pathOf(voice, (await voice.synthesizer.version()) ?? '', text));
  const around = msToSamples(silenceMs);
  const samples = new Float32Array(around + speech.length + around);
  samples.set(speech, around);
  return samples;
}

/** Stores a file as 16 kHz WAV. It is written elsewhere and renamed, because two runs may speak at the same time. */
async function keep(path: string, cached: string): Promise<void> {
  const part = `${cached}.${process.pid}`;
  writeFileSync(part, encodeWav(await decodeWholeFile(path)));
  renameSync(part, cached);
}

function pathOf(voice: Voice, version: string, text: string): string {
  const name = createHash('sha256')
    .update(JSON.stringify([text, voice.id, voice.language, version]))
    .digest('hex')
    .slice(0, 24);
  return join(cacheDir, folderOf(voice), `${name}.wav`);
}

function folderOf(voice: Voice): string {
  return `${voice.id}-${voice.language}`.replace(/[^\w+-]/g, '-');
}
