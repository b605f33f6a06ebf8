import { HeedError } from '../../errors.ts';

/** A voice of eSpeak NG, and how fast it speaks. */
export interface EspeakOptions {
  /** A language, optionally with a variant, such as "en-us+f3". */
  voice: string;
  wordsPerMinute: number;
}

/**
 * Speaks a sentence as a WAV file with the eSpeak NG that is compiled to WebAssembly. Rejects when its package is not
 * installed, and with `internal` and what the program says when it does not speak.
 */
export async function espeak(text: string, { voice, wordsPerMinute }: EspeakOptions): Promise<Uint8Array> {
  const { default: start } = await import('espeak-ng');
  const said: string[] = [];
  const module = await start({
    arguments: ['-v', voice, '-s', String(wordsPerMinute), '-w', 'spoken.wav', '--', text],
    print: () => undefined,
    printErr: (line) => said.push(line),
  });
  try {
    return module.FS.readFile('spoken.wav');
  } catch (cause) {
    throw new HeedError('internal', `espeak-ng did not speak "${text}" as ${voice}: ${said.join(' ')}`, { cause });
  }
}
