import type { Matcher } from './matcher.ts';
import { spokenForms } from './spoken-words.ts';

/**
 * Returns the `not` phrase of a command that one of the texts contains, whatever is around it; undefined when there is
 * none.
 */
export function notPhraseIn(
  { grammar }: Pick<Matcher, 'grammar'>,
  name: string,
  texts: readonly string[],
): string | undefined {
  const command = grammar.phrases.find(({ command: one }) => one.name === name)?.command;
  const said = texts.map((text) => ` ${spokenForms(text, grammar).join(' ')} `);
  return command?.not?.find((phrase) => {
    const words = spokenForms(phrase, grammar).join(' ');
    return words !== '' && said.some((text) => text.includes(` ${words} `));
  });
}
