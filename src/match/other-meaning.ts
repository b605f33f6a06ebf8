import type { Grammar } from '../grammar/index.ts';
import { spokenForms } from './spoken-words.ts';
import { WordClasses } from './word-classes.ts';

/**
 * Whether words of a text make something else of a phrase that means nearly the same: a denial or a condition, another
 * number, a question, or a report ("my brother turned off the lights"). The text may put the rest in any words.
 */
export function hasOtherMeaning(text: string, phrase: string, grammar: Grammar): boolean {
  const { language } = grammar;
  const classes = WordClasses.of(language);
  const [said, meant] = [text, phrase].map((words) => spokenForms(words, grammar)) as [string[], string[]];
  const others = said.filter((word) => !meant.includes(word));
  const asks = ([first = '']: string[]): boolean => classes.opensQuestion(first);
  return (
    classes.turning(said, meant) > 0 ||
    classes.hasNumber(others, meant) ||
    (asks(said) && !asks(meant)) ||
    others.some((word) => language.reportedVerbs(word).some((verb) => meant.includes(verb)))
  );
}
