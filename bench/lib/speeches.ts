import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { decodeWholeFile } from '../../src/audio/decode-file.ts';
import { HeedError } from '../../src/errors.ts';
import { msToSamples } from '../../src/types.ts';
import { loadClip, type Clip } from './manifest.ts';
import { mixNoise } from './noise.ts';
import { speechBounds } from './speech-end.ts';

/** The sound before and after each clip; what comes after is long enough for the longest wait for more words. */
const [leadMs, tailMs] = [1_600, 3_000];
/** How much of a clip without speech is its room, ms; less is too short to be repeated. */
const [leastRoomMs, roomMs] = [60, 300];

/** A clip as the microphone delivers it. */
export interface Speech {
  clip: Clip;
  samples: Float32Array;
  /** Where its words really end. */
  endSample: number;
}

/** A noise behind speech; undefined for the clips as they are. */
export type Noise = { name: string; samples: Float32Array; snrDb: number } | undefined;

/**
 * Loads the noises that `--noise FILE|DIR --snr DB` names, or none.
 * @throws HeedError `bad-config` when only one of the two is there, or the folder has no audio files
 */
export async function loadNoises(path: unknown, snr: unknown): Promise<Noise[]> {
  if (path === undefined && snr === undefined) return [undefined];
  const snrDb = Number(snr);
  if (typeof path !== 'string' || !Number.isFinite(snrDb))
    throw new HeedError('bad-config', '--noise takes a sound or a folder of sounds, and needs --snr with a number.');
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => ['.flac', '.wav', '.mp3', '.ogg'].includes(extname(name)))
        .sort()
        .map((name) => join(path, name))
    : [path];
  if (files.length === 0) throw new HeedError('bad-config', `Audio files were expected in ${resolve(path)}.`);
  const noises: Noise[] = [];
  for (const file of files)
    noises.push({ name: basename(file, extname(file)), samples: await decodeWholeFile(file), snrDb });
  return noises;
}

/** Loads clips with their room around them, and with a noise. Clips without speech are left out. */
export async function loadSpeeches(clips: readonly Clip[], noise: Noise): Promise<Speech[]> {
  const speeches: Speech[] = [];
  // One after the other, because each file that is decoded at the same time needs a thread.
  for (const clip of clips) {
    const sound = await loadClip(clip);
    const bounds = speechBounds(sound);
    if (!bounds) continue;
    const lead = msToSamples(leadMs);
    const around = inItsRoom(sound, bounds);
    const samples = noise ? mixNoise(around, noise.samples, { snrDb: noise.snrDb, seed: clip.name }) : around;
    speeches.push({ clip, samples, endSample: lead + bounds.endSample });
  }
  return speeches;
}

/**
 * Puts the clip's own background before and behind it: a room does not fall silent when a recording ends. It is played
 * forwards and backwards, because then there is no jump where it turns. Where a clip has hardly any, there is silence.
 */
function inItsRoom(sound: Float32Array, { startSample, endSample }: { startSample: number; endSample: number }) {
  const [lead, tail] = [msToSamples(leadMs), msToSamples(tailMs)];
  const samples = new Float32Array(lead + sound.length + tail);
  samples.set(sound, lead);
  const room = msToSamples(roomMs);
  const before = sound.subarray(0, Math.min(room, startSample - msToSamples(leastRoomMs)));
  const after = sound.subarray(Math.max(sound.length - room, endSample + msToSamples(leastRoomMs)));
  const first = before.length >= msToSamples(leastRoomMs) ? before : after;
  const last = after.length >= msToSamples(leastRoomMs) ? after : before;
  if (first.length >= msToSamples(leastRoomMs))
    for (let at = 0; at < lead; at++) samples[lead - 1 - at] = first[mirrored(at, first.length)]!;
  if (last.length >= msToSamples(leastRoomMs))
    for (let at = 0; at < tail; at++)
      samples[lead + sound.length + at] = last[last.length - 1 - mirrored(at, last.length)]!;
  return samples;
}

function mirrored(at: number, length: number): number {
  const turn = at % (2 * length);
  return turn < length ? turn : 2 * length - 1 - turn;
}
