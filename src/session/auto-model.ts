import { mkdir } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { baseCode, englishCode } from '../language/index.ts';
import { readText } from '../platform/text-file.ts';
import { writeWhole } from '../platform/write-whole.ts';

/** The value of `transcribe.model` that leaves the choice to heed. */
export const autoModel = 'auto';

/** The model with which the machine is measured. */
export const usual = 'base';

/** The one that is faster, and knows English only. */
const faster = 'tiny.en';

/**
 * Beyond this time for a short command, ms, the usual model is too slow: the voice takes some 90 ms to fade, and the
 * handler should run within 350 ms of the last word.
 */
const slowMs = 260;

/** The model that heed has chosen, and why. */
export interface ChosenModel {
  name: string;
  why: string;
  /** Whether the machine was measured for it just now. */
  isNew: boolean;
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
  /** Whether other programs are at work; default: as the system's load tells. */
  isBusy?: boolean;
}

const measured = z.object({ processor: z.string(), model: z.string(), readMs: z.number().positive() });

/**
 * Chooses a speech model for this machine. It is measured once; on another processor, as in a container that has moved,
 * it is measured again, and so it is at the next start if other programs were at work.
 */
export async function chooseModel(choice: ModelChoice): Promise<ChosenModel> {
  const { file, processor = processorName(), isBusy = loadavg()[0]! > availableParallelism() / 2 } = choice;
  const kept = await keptIn(file);
  const isKnown = kept?.processor === processor && kept.model === usual;
  const readMs = isKnown ? kept.readMs : await choice.measure();
  if (!isKnown && !isBusy) await keep(file, { processor, model: usual, readMs });
  const isNew = !isKnown;
  const pace = `${usual} reads a short command in ${Math.round(readMs)} ms on ${processor}`;
  if (readMs <= slowMs) return { name: usual, why: pace, isNew };
  const others = choice.languages.filter((code) => baseCode(code) !== englishCode);
  return others.length === 0
    ? { name: faster, why: `${pace}, which is slow, and all is spoken in English`, isNew }
    : { name: usual, why: `${pace}, which is slow, but ${faster} knows English only`, isNew };
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
