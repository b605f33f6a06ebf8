import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { readText } from '../platform/text-file.ts';
import { writeWhole } from '../platform/write-whole.ts';
import type { SpeechSegment, Transcript } from '../types.ts';
import type { ChunkMemory } from './transcribe-file.ts';

const transcriptSchema = z.object({
  segmentId: z.string(),
  text: z.string(),
  words: z.array(z.object({ word: z.string(), startMs: z.number(), endMs: z.number(), confidence: z.number() })),
  language: z.string(),
  confidence: z.number(),
  noSpeechProbability: z.number(),
  logProbability: z.number(),
  tokens: z.number(),
  endMs: z.number(),
  alternatives: z.array(
    z.object({ text: z.string(), logProbability: z.number(), tokens: z.number(), endMs: z.number() }),
  ),
  audioMs: z.number(),
  inferenceMs: z.number(),
}) satisfies z.ZodType<Transcript>;

const entrySchema = z.object({ startSample: z.number(), endSample: z.number(), transcript: transcriptSchema });

/** What a journal belongs to: it is continued only for the same audio and the same options. */
export interface JournalSubject {
  /** The audio file. */
  file: string;
  /** Everything that the transcript depends on besides the audio. */
  options: unknown;
}

/**
 * The chunks of a file that have been read so far, in a file of JSON lines, so that an interrupted run can go on. The
 * first line says which audio and options the journal belongs to.
 */
export class Journal implements ChunkMemory {
  readonly path: string;
  readonly #chunks: Map<string, Transcript>;
  /** Chains the writes, because lines must be written one after the other. */
  #tail: Promise<void> = Promise.resolve();

  private constructor(path: string, chunks: Map<string, Transcript>) {
    this.path = path;
    this.#chunks = chunks;
  }

  /** Opens the journal at a path. A journal of other audio, other options or another version is started anew. */
  static async open(path: string, { file, options }: JournalSubject): Promise<Journal> {
    const subject = JSON.stringify({
      journal: 1,
      bytes: (await stat(file)).size,
      sha256: await sha256Of(file),
      options,
    });
    const [first, ...lines] = (await readIfThere(path)).split('\n');
    const entries = first === subject ? lines.flatMap(parseEntry) : [];
    // Written anew, because the last line of a run that was killed may be incomplete.
    await writeWhole(path, [subject, ...entries.map((entry) => JSON.stringify(entry)), ''].join('\n'));
    return new Journal(
      path,
      new Map(entries.map(({ startSample, endSample, transcript }) => [`${startSample} ${endSample}`, transcript])),
    );
  }

  /** The number of chunks that were read before. */
  get size(): number {
    return this.#chunks.size;
  }

  recall({ startSample, endSample }: SpeechSegment): Transcript | undefined {
    return this.#chunks.get(`${startSample} ${endSample}`);
  }

  keep({ startSample, endSample }: SpeechSegment, transcript: Transcript): Promise<void> {
    const line = JSON.stringify({ startSample, endSample, transcript });
    this.#tail = this.#tail.then(() => appendFile(this.path, `${line}\n`));
    return this.#tail;
  }

  /** Removes the journal: the file is done, so there is nothing left to continue. */
  async remove(): Promise<void> {
    await this.#tail;
    await rm(this.path, { force: true });
  }
}

/** Returns no entry for a line that was cut off or is not one of ours. */
function parseEntry(line: string): z.infer<typeof entrySchema>[] {
  try {
    return [entrySchema.parse(JSON.parse(line))];
  } catch {
    // That chunk is then read once more.
    return [];
  }
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readText(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
