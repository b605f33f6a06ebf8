import { compileGrammar, tokenize, type Grammar, type Slot } from '../../../src/grammar/index.ts';
import { languageOf } from '../../../src/language/index.ts';
import { command } from '../commands.ts';

const grammars = new Map<string, Grammar>();

/** Returns the value that a slot gives for words inside a command, and checks that it fits the slot's own schema. */
export function read(slot: Slot, words: string, language = 'en'): unknown {
  const key = `${language} ${slot.key}`;
  const grammar =
    grammars.get(key) ?? compileGrammar([command('c', ['go {x} there'], { slots: { x: slot } })], { language }).grammar;
  grammars.set(key, grammar);
  const value = grammar.walk(tokenize(`go ${words} there`)).parses[0]?.args['x'];
  if (value !== undefined) slot.schema.parse(value);
  return value;
}

/** Returns the value that a slot gives for words alone, as for the answer to a question. */
export function valueOf<T>(slot: Slot<T>, words: string, language = 'en'): T | undefined {
  return slot.parse(tokenize(words), languageOf(language));
}
