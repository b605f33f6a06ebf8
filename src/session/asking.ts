import type { CommandRunner } from '../dispatch/index.ts';
import type { Beginning, Continuation } from '../grammar/index.ts';
import type { MatchResult } from '../match/index.ts';
import type { CommandMatch } from '../types.ts';
import { answered, type Asked, type AskingOptions } from './asked.ts';
import { choose } from './choice.ts';
import { completeBeginning } from './complete-beginning.ts';

/** A phrase read with less confidence than this (mean token probability) is not worth asking the speaker about. */
export const minAskConfidence = 0.4;
const sayInFull = 'It runs only if it is said in full.';

/**
 * Asks for what a phrase left out, which of several commands is meant, or whether an unsure one is. Undefined when the
 * phrase is not worth a question. Only commands of low or medium risk are asked for: what costs much is said in full.
 */
export function askAbout(text: string, result: MatchResult, options: AskingOptions): Promise<Asked> | undefined {
  const { beginning, choices, suggestion } = result;
  const isHeard = options.confidence >= minAskConfidence;
  if (beginning && isHeard) {
    const cheap = withoutHigh(beginning, options.dispatcher);
    return cheap ? answered(completeBeginning(text, cheap, options)) : Promise.resolve({ reason: sayInFull });
  }
  if (choices && isHeard && choices.every(({ command }) => options.dispatcher.riskOf(command) !== 'high'))
    return choose(choices, options);
  return suggestion && suggest(suggestion, options);
}

async function suggest(match: CommandMatch, { language, dispatcher, onAnswered }: AskingOptions): Promise<Asked> {
  const { isMeant, reason } = await dispatcher.questions.suggest(language, match, onAnswered);
  return isMeant ? { match } : { reason };
}

function withoutHigh({ others = [], ...first }: Beginning, dispatcher: CommandRunner): Beginning | undefined {
  const cheap: Continuation[] = [first, ...others].filter(({ command }) => dispatcher.riskOf(command.name) !== 'high');
  const [only, ...more] = cheap;
  return only && { ...only, ...(more.length > 0 ? { others: more } : {}) };
}
