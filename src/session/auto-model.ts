import { mkdir } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { baseCode, englishCode } from '../language/index.ts';
import { readText } from '../platform/text-file.ts';
import { writeWhole } from '../platform/write-whole.ts';

/** The value of `transcribe.model` that leaves the choice to heed. */
export const autoModel = 'auto';

/** The model with which the machine is measured, and the faster one, which knows English only. */
export const [usual, faster] = ['base', 'tiny.en'] as const;

/**
 * Beyond this time for a short command, ms, the usual model is too slow: the voice takes some 90 ms to fade, and the
 * handler should run within 350 ms of the last word.
 */
const slowMs = 260;

/** The model that heed has chosen, and why. */
export interface ChosenModel {
  name: string;
  why: string;
}

/** How a model is chosen. */
export interface ModelChoice {
  /** ISO 639-1 codes of all languages that may be spoken; `auto` stands for any. */
  languages: readonly string[];
  /** Measures how long the usual model takes here to read a short command, ms. */
  measure: () => Promise<number>;
  /** Where the measurement is kept for the next start. */
  file: string;
  /** The name of this machine's processor; default: as the system tells it. */
  processor?: string;
}

const measured = z.object({ processor: z.string(), model: z.string(), readMs: z.number().positive() });

/**
 * Chooses a speech model for this machine. It is measured once; on another processor, as in a container that has moved,
 * it is measured again.
 */
export async function chooseModel(choice: ModelChoice): Promise<ChosenModel> {
  const { file, processor = processorName() } = choice;
  const kept = await keptIn(file);
  const isKnown = kept?.processor === processor && kept.model === usual;
  const readMs = isKnown ? kept.readMs : await choice.measure();
  if (!isKnown) await keep(file, { processor, model: usual, readMs });
  const pace = `${usual} reads a short command in ${Math.round(readMs)} ms on ${processor}`;
  if (readMs <= slowMs) return { name: usual, why: pace };
  const others = choice.languages.filter((code) => baseCode(code) !== englishCode);
  return others.length === 0
    ? { name: faster, why: `${pace}, which is slow, and all is spoken in English` }
    : { name: usual, why: `${pace}, which is slow, but ${faster} knows English only` };
}

/** What cannot be read or understood is measured again. */
async function keptIn(file: string): Promise<z.infer<typeof measured> | undefined> {
  try {
    return measured.parse(JSON.parse(await readText(file)));
  } catch {
    return undefined;
  }
}

async function keep(file: string, values: z.infer<typeof measured>): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeWhole(file, `${JSON.stringify(values)}\n`);
  } catch {
    // Harmless: the next start measures again.
  }
}

function processorName(): string {
  const cores = availableParallelism();
  return `${cpus()[0]?.model.trim() ?? process.arch} with ${cores} core${cores === 1 ? '' : 's'}`;
}
