import { readFile } from 'node:fs/promises';
import { decodeWholeFile } from '../../audio/index.ts';
import { HeedError } from '../../errors.ts';
import type { Heed } from '../../heed.ts';
import { codeOrDefault } from '../../language/index.ts';
import { exitCodes, printJson } from '../program.ts';
import { sentencesOf, type Sentence } from '../sentences.ts';
import { isWrong, verdictOf, type Spoken } from './confusions.ts';
import { speakAll } from './speak-all.ts';
import { resultText } from './table.ts';
import { findVoices, voiceAdvice, type Voice } from './voices.ts';

interface SpokenOptions {
  json?: boolean;
  snr?: number[];
  noise?: string;
}

/**
 * Speaks the examples and `not` phrases of all commands with the voices of this machine, prints how they are
 * understood, and fails when something ran that was not meant.
 */
export async function testSpoken(heed: Heed, { json = false, snr = [10], noise }: SpokenOptions): Promise<number> {
  const sentences = sentencesOf(heed.registry.commands, codeOrDefault(heed.config.language));
  if (sentences.length === 0)
    throw new HeedError('not-found', 'The commands have no examples, so there is nothing to say.');
  const voices = await voicesFor(sentences);
  const ears = await heed.ears();
  const results: Spoken[] = [];
  const speaking = {
    voices,
    snrs: [undefined, ...snr],
    noise: noise === undefined ? undefined : await decodeWholeFile(await readFile(noise)),
  };
  for await (const result of speakAll(heed, ears, sentences, speaking)) {
    results.push(result);
    const verdict = verdictOf(result);
    if (json) printJson({ type: 'spoken', ...result, verdict });
    else if (process.stderr.isTTY) process.stderr.write(isWrong(verdict) ? '✗' : verdict === 'nothing' ? '·' : '✓');
  }
  if (!json) {
    if (process.stderr.isTTY) process.stderr.write('\n');
    console.log(
      `Spoken by ${[...voices.values()]
        .flat()
        .map(({ name }) => name)
        .join(', ')}:\n`,
    );
    console.log(resultText(results));
  }
  return results.some((result) => isWrong(verdictOf(result))) ? exitCodes.failed : exitCodes.done;
}

/** Returns the voices for each language; a language without any is left out, and told. */
async function voicesFor(sentences: readonly Sentence[]): Promise<Map<string, readonly Voice[]>> {
  const voices = new Map<string, readonly Voice[]>();
  for (const language of new Set(sentences.map((sentence) => sentence.language))) {
    const found = await findVoices(language);
    if (found.length > 0) voices.set(language, found);
    else console.error(`! No voice speaks ${language}, so its examples are left out.`);
  }
  if (voices.size === 0) throw new HeedError('not-found', `There is no voice to speak the examples. ${voiceAdvice}`);
  return voices;
}
