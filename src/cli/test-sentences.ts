import { isDeepStrictEqual } from 'node:util';
import type { Heed } from '../heed.ts';
import { codeOrDefault } from '../language/index.ts';
import { printJson } from './program.ts';
import { sentencesOf, type Sentence } from './sentences.ts';
import { plainArgs } from './plain-args.ts';
import { understandTyped } from './understand-typed.ts';

/**
 * Understands the examples and the `not` phrases of all commands as if they were typed. Prints those that are
 * understood wrongly, and how many there were.
 */
export async function testSentences(heed: Heed, isJson: boolean): Promise<{ count: number; failed: number }> {
  const sentences = sentencesOf(heed.registry.commands, codeOrDefault(heed.config.language));
  let failed = 0;
  for (const sentence of sentences) {
    const why = await whyWrong(sentence, heed);
    if (why === undefined) continue;
    failed++;
    if (isJson)
      printJson({ type: 'example', command: sentence.command, say: sentence.say, passed: false, reason: why });
    else console.log(`✗ ${sentence.command}  “${sentence.say}” ${why}`);
  }
  if (sentences.length > 0) {
    if (isJson) printJson({ type: 'examples', count: sentences.length, failed });
    else console.log(countText(sentences, failed));
  }
  return { count: sentences.length, failed };
}

function countText(sentences: readonly Sentence[], failed: number): string {
  const examples = sentences.filter(({ isMeant }) => isMeant).length;
  const nots = sentences.length - examples;
  const all = `${examples} examples${nots === 0 ? '' : ` and ${nots} phrases of “not”`}`;
  return failed === 0 ? `✓ ${all} are understood as they should be` : `✗ ${failed} of ${all} are understood wrongly`;
}

/** Returns in words what is wrong with how a sentence is understood; undefined when nothing is. */
async function whyWrong(
  { command, say, args, isMeant, ...options }: Sentence,
  heed: Heed,
): Promise<string | undefined> {
  const { came, reasons } = await understandTyped(say, heed, { ...options, contexts: [...options.contexts] });
  const own = came.find((each) => each.command === command);
  if (!isMeant) return own ? 'stands in “not”, and runs the command' : undefined;
  const others = came.map((each) => `${each.command} ${JSON.stringify(each.args)}`).join(', then ');
  if (!own || came.length > 1) return `is ${others || `no command: ${reasons.join(' ')}`}`;
  if (args === undefined || isDeepStrictEqual(plainArgs(own.args), plainArgs(args))) return undefined;
  return `should give ${JSON.stringify(args)}, it gives ${JSON.stringify(own.args)}`;
}
