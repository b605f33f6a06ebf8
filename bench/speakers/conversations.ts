import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeWav } from '../../src/audio/index.ts';
import { msToSamples, sampleRateHz } from '../../src/types.ts';
import type { Bench } from '../lib/bench.ts';
import { loadClip, type Clip } from '../lib/manifest.ts';
import { mixNoise } from '../lib/noise.ts';
import { createRandom } from '../lib/random.ts';
import type { Turn } from '../lib/rttm.ts';
import type { OfflineRecording } from './offline.ts';

const conversations = 12;
/** How many people speak in one conversation after the other. */
const people = [2, 3, 4, 5];
const turnSeconds = [1, 6] as const;
const pauseSeconds = [0.1, 1.5] as const;
/** At this share of changes the next one begins so long before the last one has ended. */
const [overlapShare, overlapSeconds] = [0.35, [0.3, 1.5] as const] as const;
/** Every second conversation is held in a kitchen; people are softer than recorded by up to 10 dB. */
const [snrDb, softestDb] = [15, -10];
/** Speech is within so many dB of the loudest frame, and a shorter pause in it is speech, too. */
const [frameMs, speechRangeDb, closedFrames] = [10, 35, 50];

interface Stretch {
  from: number;
  to: number;
}

/** Somebody of whom one sentence was recorded, where there is speech in it, and how much has been said, samples. */
interface Person {
  name: string;
  sentence: Float32Array;
  speech: readonly Stretch[];
  said: number;
}

/** Conversations of people who take turns with one read sentence each; the same in every run. */
export async function readConversations({ clips }: Bench): Promise<OfflineRecording[]> {
  const noise = await loadClip(clips('noise-kitchen')[0]!);
  const found: OfflineRecording[] = [];
  for (let number = 0; number < conversations; number++) {
    const name = `conversation${number}`;
    const random = createRandom(name);
    const chosen = draw(clips('librispeech-train100-1utt'), people[number % people.length]!, random);
    const clean = converse(await Promise.all(chosen.map((clip) => meet(clip, random))), random);
    const samples = number % 2 === 0 ? clean.samples : mixNoise(clean.samples, noise, { snrDb, seed: name });
    const path = join(mkdtempSync(join(tmpdir(), 'heed-conversation-')), `${name}.wav`);
    writeFileSync(path, encodeWav(samples));
    found.push({ name, path, samples, turns: clean.turns });
  }
  return found;
}

function draw(clips: readonly Clip[], count: number, random: () => number): Clip[] {
  const left = [...clips];
  return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)[0]!);
}

async function meet(clip: Clip, random: () => number): Promise<Person> {
  const gain = 10 ** ((softestDb * random()) / 20);
  const sentence = (await loadClip(clip)).map((sample) => gain * sample);
  return { name: clip.label.split(/[|\s]/)[0]!, sentence, speech: speechIn(sentence), said: 0 };
}

function converse(there: readonly Person[], random: () => number): Pick<OfflineRecording, 'samples' | 'turns'> {
  const between = ([least, most]: readonly [number, number]): number =>
    Math.round((least + (most - least) * random()) * sampleRateHz);
  const parts: { at: number; samples: Float32Array }[] = [];
  const turns: Turn[] = [];
  let end = 0;
  let last: Person | undefined;
  for (;;) {
    const able = there.filter((one) => one !== last && one.sentence.length - one.said >= turnSeconds[0] * sampleRateHz);
    const person = able[Math.floor(random() * able.length)];
    if (!person) break;
    const isOverlap = last !== undefined && random() < overlapShare;
    const at = isOverlap ? Math.max(0, end - between(overlapSeconds)) : end + between(pauseSeconds);
    const samples = person.sentence.subarray(person.said, person.said + between(turnSeconds));
    parts.push({ at, samples });
    for (const { from, to } of person.speech) {
      const [start, stop] = [Math.max(from, person.said), Math.min(to, person.said + samples.length)];
      const seconds = (place: number): number => (at + place - person.said) / sampleRateHz;
      if (stop > start) turns.push({ speaker: person.name, startSeconds: seconds(start), endSeconds: seconds(stop) });
    }
    person.said += samples.length;
    [end, last] = [Math.max(end, at + samples.length), person];
  }
  const samples = new Float32Array(end + between(pauseSeconds));
  for (const part of parts) for (const [i, sample] of part.samples.entries()) samples[part.at + i]! += sample;
  return { samples, turns };
}

/** Finds where there is speech in a clean recording, by its energy. */
function speechIn(samples: Float32Array): Stretch[] {
  const length = msToSamples(frameMs);
  const energies = Array.from({ length: Math.floor(samples.length / length) }, (_, frame) =>
    samples.subarray(frame * length, (frame + 1) * length).reduce((sum, sample) => sum + sample * sample, 0),
  );
  const least = Math.max(...energies) / 10 ** (speechRangeDb / 10);
  const found: Stretch[] = [];
  for (const [frame, energy] of energies.entries()) {
    if (energy < least) continue;
    const last = found.at(-1);
    if (last && frame * length - last.to <= closedFrames * length) last.to = (frame + 1) * length;
    else found.push({ from: frame * length, to: (frame + 1) * length });
  }
  return found;
}
