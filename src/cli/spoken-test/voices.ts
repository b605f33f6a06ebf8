import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HeedError } from '../../errors.ts';
import { baseCode, englishCode } from '../../language/index.ts';
import { espeak } from './espeak.ts';

const run = promisify(execFile);

/** A synthetic voice, which speaks a sentence as a WAV file. */
export interface Voice {
  /** The program and its voice, such as "espeak-ng:en-us+f3". */
  name: string;
  speak(text: string): Promise<Uint8Array>;
}

/** Words per minute; the programs' own rates are faster than people speak to machines. */
const wordsPerMinute = 160;
const rate = String(wordsPerMinute);
/** Variants of eSpeak NG's voices: a man, a woman, another man. */
const variants = ['', '+f3', '+m3'];
const flites = ['slt', 'rms', 'awb'];
/** English without a country is an accent that nobody has. */
const accents: Record<string, string> = { [englishCode]: 'en-us' };

/** How to get a voice, for those who have none. */
export const voiceAdvice =
  'Voices come from the package espeak-ng (`npm install --save-dev espeak-ng`), or from the programs espeak-ng, ' +
  'flite (English) and, on macOS, say.';

/** Returns the voices of a language that this machine has, without the speech of the same program twice. */
export async function findVoices(language: string): Promise<Voice[]> {
  const code = baseCode(language);
  const name = accents[code] ?? code;
  const speakEspeak = (await espeakPackage()) ?? (await program('espeak-ng', ['--version'], espeakProgram));
  const say = process.platform === 'darwin' ? macVoice : undefined;
  const flite = code === englishCode ? await program('flite', ['--help'], fliteProgram) : undefined;
  return [
    ...(speakEspeak ? variants.map((variant) => voiceOf('espeak-ng', `${name}${variant}`, speakEspeak)) : []),
    ...(flite ? flites.map((voice) => voiceOf('flite', voice, flite)) : []),
    ...(say && code === englishCode ? [voiceOf('say', 'Samantha', say)] : []),
  ];
}

type Speak = (text: string, voice: string) => Promise<Uint8Array>;

function voiceOf(synthesizer: string, voice: string, speak: Speak): Voice {
  return {
    name: `${synthesizer}:${voice}`,
    speak: (text) =>
      speak(text, voice).catch((cause: unknown) => {
        throw new HeedError('not-found', `${synthesizer} could not speak “${text}” with the voice ${voice}.`, {
          cause,
        });
      }),
  };
}

/** Runs the eSpeak NG that is compiled to WebAssembly, if its package is installed. */
async function espeakPackage(): Promise<Speak | undefined> {
  const found = await import('espeak-ng').catch(() => undefined);
  if (!found) return undefined;
  return (text, voice) => espeak(text, { voice, wordsPerMinute });
}

const espeakProgram: Speak = (text, voice) =>
  toFile((path) => run('espeak-ng', ['-v', voice, '-s', rate, '-w', path, '--', text]));
const fliteProgram: Speak = (text, voice) => toFile((path) => run('flite', ['-voice', voice, '-t', text, '-o', path]));
const macVoice: Speak = (text, voice) =>
  toFile((path) => run('say', ['-v', voice, '-r', rate, '--data-format=LEI16@16000', '-o', path, '--', text]));

/** Returns `speak` when the program is there. */
async function program(name: string, args: string[], speak: Speak): Promise<Speak | undefined> {
  try {
    await run(name, args);
    return speak;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : speak;
  }
}

async function toFile(write: (path: string) => Promise<unknown>): Promise<Uint8Array> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-speech-'));
  try {
    const path = join(dir, 'spoken.wav');
    await write(path);
    return await readFile(path);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
