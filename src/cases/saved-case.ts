import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { defaultLanguage } from '../language/index.ts';
import { readText } from '../platform/text-file.ts';
import { writeWhole } from '../platform/write-whole.ts';
import { expectedSchema } from './expected.ts';

/** The content of a case file. Unless it has a typed phrase, the audio is a WAV file of the same name beside it. */
export const caseSchema = z.strictObject({
  say: z.string().min(1).max(1_000).optional().describe('A typed phrase; a case that has one needs no audio.'),
  heard: z.string().optional().describe('The text that was read when the case was saved, for people.'),
  language: z.string().default(defaultLanguage).describe('ISO 639-1 code of the speech, or "auto".'),
  contexts: z
    .array(z.string())
    .optional()
    .describe('Contexts that were active, besides those that the expected commands need.'),
  expected: expectedSchema,
});

export type Case = z.infer<typeof caseSchema>;

/** A case on disk. */
export interface SavedCase extends Case {
  name: string;
  audioPath: string;
}

/**
 * Saves a case and returns its name. Saving the same audio again replaces the case.
 * @throws HeedError `too-many` when the folder holds `maxCases`; what the file system says, with nothing left behind
 */
export async function saveCase(wav: Uint8Array, saved: Case, { dir, maxCases }: Config['cases']): Promise<string> {
  const name = nameOf(wav, saved.heard ?? '');
  await mkdir(dir, { recursive: true });
  const names = await listCases(dir);
  if (names.length >= maxCases && !names.includes(name)) {
    throw new HeedError(
      'too-many',
      `The folder ${dir} holds ${names.length} cases, and cases.maxCases is ${maxCases}. Remove some, or raise it.`,
    );
  }
  const audioPath = join(dir, `${name}.wav`);
  await writeWhole(audioPath, wav);
  try {
    await writeWhole(join(dir, `${name}.json`), `${JSON.stringify(saved, undefined, 2)}\n`);
  } catch (error) {
    // Of a case that is replaced, the audio is the same as before.
    if (!names.includes(name)) await rm(audioPath, { force: true });
    throw error;
  }
  return name;
}

/** Returns the sorted names of the cases in a folder; none if the folder does not exist. */
export async function listCases(dir: string): Promise<string[]> {
  const files = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new HeedError('not-found', `The folder of cases ${dir} cannot be read: ${error.message}`, { cause: error });
  });
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/**
 * Reads a case.
 * @throws HeedError `not-found`, or `bad-message` when the file is no case
 */
export async function readCase(dir: string, name: string): Promise<SavedCase> {
  const path = join(dir, `${name}.json`);
  const text = await readText(path).catch((cause: unknown) => {
    throw new HeedError('not-found', `The case ${path} cannot be read: ${(cause as Error).message}`, { cause });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new HeedError('bad-message', `${path} is not valid JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = caseSchema.safeParse(value);
  if (parsed.success) return { ...parsed.data, name, audioPath: join(dir, `${name}.wav`) };
  const faults = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'case'}: ${issue.message}`);
  throw new HeedError(
    'bad-message',
    `${path} is no case: ${faults.join('; ')}. ` +
      'A case looks like this: {"language": "en", "expected": {"command": "lights", "args": {}}}',
  );
}

/** Makes a file name from the words of the utterance, for people, and a hash of its audio, to be unique. */
function nameOf(wav: Uint8Array, heard: string): string {
  const words = heard
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .match(/[\p{L}\p{N}]+/gu)
    ?.join('-')
    .slice(0, 60)
    .replace(/-$/, '');
  return `${words ?? 'noise'}-${createHash('sha256').update(wav).digest('hex').slice(0, 8)}`;
}
