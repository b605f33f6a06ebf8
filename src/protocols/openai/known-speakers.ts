import { decodeAudioFile, decodeBase64 } from '../../audio/index.ts';
import { HeedError } from '../../errors.ts';
import { letter, nameVoices, type FileVoices, type NamedVoice, type SpeakerOptions } from '../../files/index.ts';
import type { TranscriptionFields } from './fields.ts';

/** How long a recording of a known voice is, seconds, as at OpenAI; and how much a decoder may add or leave out. */
const [leastSeconds, mostSeconds, toleratedSeconds] = [2, 10, 0.1];
const sampleRateHz = 16_000;

/** Tells the voices of an upload apart: those that its form knows have their names, others are A, B, … */
export async function speakersOf(
  { known_speaker_names: names, known_speaker_references: references }: TranscriptionFields,
  { voices, most }: { voices: FileVoices; most: number },
): Promise<SpeakerOptions> {
  const known: NamedVoice[] = [];
  for (const [index, reference] of references.entries()) {
    const vector = await voices.describe(await decodeReference(reference, names[index]!));
    if (!vector) throw unusable(names[index]!, 'no voice can be made out in it');
    known.push({ name: names[index]!, vector });
  }
  const letters = Array.from({ length: most + names.length }, (_, index) => letter(index));
  const free = letters.filter((label) => !names.includes(label));
  return {
    voices,
    count: { min: 1, max: most },
    nameVoices: (heard) => nameVoices(heard, known),
    label: (index) => free[index]!,
  };
}

/** Decodes the recording of a known voice. No more of it is decoded than it may have. */
async function decodeReference(reference: string, name: string): Promise<Float32Array> {
  if (!reference.startsWith('data:')) throw unusable(name, 'a data URL (data:audio/wav;base64,…) was expected');
  const samples = new Float32Array((mostSeconds + toleratedSeconds) * sampleRateHz);
  let length = 0;
  try {
    for await (const part of decodeAudioFile(decodeBase64(reference))) {
      if (length + part.length > samples.length) throw unusable(name, `it is longer than ${mostSeconds} s`);
      samples.set(part, length);
      length += part.length;
    }
  } catch (error) {
    if (error instanceof HeedError && error.code === 'bad-audio') throw unusable(name, 'it is no audio', error);
    throw error;
  }
  if (length < (leastSeconds - toleratedSeconds) * sampleRateHz)
    throw unusable(name, `it is shorter than ${leastSeconds} s`);
  return samples.subarray(0, length);
}

function unusable(name: string, reason: string, cause?: unknown): HeedError {
  return new HeedError(
    'bad-message',
    `The known_speaker_references of "${name}" cannot be used: ${reason}. ` +
      `Send ${leastSeconds} to ${mostSeconds} s of this voice alone.`,
    { cause },
  );
}
