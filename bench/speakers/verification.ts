import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeWholeFile } from '../../src/audio/decode-file.ts';
import type { VoiceEncoder } from '../../src/speakers/index.ts';
import { cosine } from '../../src/speakers/online-clustering.ts';
import { msToSamples } from '../../src/types.ts';
import type { Bench } from '../lib/bench.ts';
import { mixNoise } from '../lib/noise.ts';
import { equalErrorRate } from './equal-error.ts';

const lengthsSeconds = [0.7, 1, 2, 4];
/** In how many pieces a recording of one voice is cut at most, and where the first begins. */
const [maxPieces, firstSeconds] = [3, 0.5];
const snrDb = 10;
const noises = ['noise-kitchen/kitchen.flac', 'noise/office-ambience.flac', 'noise/keyboard-typing.flac'];

/** Speech of one person without a break in the recording. */
interface Recording {
  name: string;
  speaker: string;
  samples: Float32Array;
}

interface Voice extends Omit<Recording, 'samples'> {
  vector: Float32Array;
}

/** How well a voice is known again, by the length of speech, in quiet and in noise. */
export async function verification({ clips, dataDir, report }: Bench, encoder: VoiceEncoder): Promise<void> {
  const load = async (file: string): Promise<Float32Array> => decodeWholeFile(readFileSync(file));
  const read = async (set: string, speakerOf: (label: string) => string | undefined): Promise<Recording[]> => {
    const recordings: Recording[] = [];
    // One after the other, because each file that is decoded at the same time needs a thread.
    for (const { name, label, path } of clips(set)) {
      const speaker = speakerOf(label);
      if (speaker !== undefined) recordings.push({ name, speaker: `${set} ${speaker}`, samples: await load(path) });
    }
    return recordings;
  };
  const reader = (label: string): string | undefined => label.split(/[|\s]/)[0];
  const sets: Record<string, Recording[]> = {
    'read sentences': [
      ...(await read('librispeech-train100-1utt', reader)),
      ...(await read('librispeech-test-other', reader)),
      ...(await read('picovoice-samples', (label) => /^speaker_\d/.exec(label)?.[0])),
    ],
    'digits, one after another': joined(await read('fsdd', (label) => label.split('|')[1])),
  };
  const noiseSamples: Float32Array[] = [];
  for (const file of noises) noiseSamples.push(await load(join(dataDir, file)));
  for (const [set, recordings] of Object.entries(sets))
    for (const noise of ['quiet', `${snrDb} dB`])
      for (const seconds of lengthsSeconds) {
        const voices = recordings.flatMap(({ name, speaker, samples }, at) =>
          pieces(samples, msToSamples(1000 * seconds)).flatMap((piece, i): Voice[] => {
            const own = noiseSamples[(at + i) % noiseSamples.length]!;
            const heard = noise === 'quiet' ? piece : mixNoise(piece, own, { snrDb, seed: `${name} ${i}` });
            const vector = encoder.vectorOf(heard);
            return vector ? [{ name, speaker, vector }] : [];
          }),
        );
        addRow({ set, noise, 'speech s': seconds }, voices);
      }

  function addRow(identity: Record<string, string | number>, voices: readonly Voice[]): void {
    const [same, elsewhere, others]: number[][] = [[], [], []];
    for (const [i, a] of voices.entries())
      for (const b of voices.slice(i + 1)) {
        const similarity = cosine(a.vector, b.vector);
        (a.speaker === b.speaker ? same : others)!.push(similarity);
        if (a.speaker === b.speaker && a.name !== b.name) elsewhere!.push(similarity);
      }
    const { rate, threshold } = equalErrorRate(same!, others!);
    report.add({
      identity,
      n: same!.length,
      values: [
        { metric: 'equal error rate', value: 100 * rate, unit: '%' },
        { metric: 'at', value: threshold, unit: 'cosine' },
        { metric: 'of two recordings', value: 100 * equalErrorRate(elsewhere!, others!).rate, unit: '%' },
      ],
    });
  }
}

function pieces(samples: Float32Array, length: number): Float32Array[] {
  const starts = Array.from({ length: maxPieces }, (_, i) => msToSamples(1000 * firstSeconds) + i * length);
  return starts
    .filter((start) => start + length <= samples.length)
    .map((start) => samples.subarray(start, start + length));
}

/** Recordings of a speaker that are too short for a piece, joined to such as are long enough. */
function joined(recordings: readonly Recording[]): Recording[] {
  const perRecording = 30;
  return [...new Set(recordings.map(({ speaker }) => speaker))].flatMap((speaker) => {
    const own = recordings.filter((recording) => recording.speaker === speaker);
    return Array.from({ length: Math.floor(own.length / perRecording) }, (_, i) => {
      const some = own.slice(i * perRecording, (i + 1) * perRecording);
      const samples = new Float32Array(some.reduce((sum, recording) => sum + recording.samples.length, 0));
      let at = 0;
      for (const recording of some) {
        samples.set(recording.samples, at);
        at += recording.samples.length;
      }
      return { name: some[0]!.name, speaker, samples };
    });
  });
}
