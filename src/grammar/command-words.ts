import type { Language } from '../language/index.ts';
import { foldWord } from './fold.ts';
import { perLanguage } from './slots/per-language.ts';

/** What is left of a word without its prefix has at least this many letters. */
const shortestRest = 3;

/** The words of a language that commands turn on; all of them are folded. */
export class CommandWords {
  static readonly of = perLanguage((language: Language) => new CommandWords(language));
  /** Words that turn a meaning around, in a command or in front of it. */
  readonly turning: ReadonlySet<string>;
  /** Every form of a verb, with the verbs that have it. */
  readonly verbForms: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every form of a verb that ends or changes something. */
  readonly #changing: ReadonlySet<string>;
  readonly #prefixes: readonly string[];
  readonly #light: ReadonlySet<string>;

  private constructor(language: Language) {
    this.turning = new Set([...language.critical, ...language.turning].map(foldWord));
    this.#light = new Set([...language.weak, ...language.fillers].map(foldWord));
    const formsOf = (verb: string): string[] =>
      verb
        .split('/')
        .flatMap((stem) => language.verbForms(stem))
        .map(foldWord);
    this.#changing = new Set(language.changingVerbs.flatMap(formsOf));
    const forms = new Map<string, Set<string>>();
    for (const verb of language.verbs) {
      for (const form of formsOf(verb)) {
        if (this.#light.has(form)) continue;
        const verbs = forms.get(form);
        if (verbs) verbs.add(verb);
        else forms.set(form, new Set([verb]));
      }
    }
    this.verbForms = forms;
    this.#prefixes = [...new Set(language.turningPrefixes.map(foldWord))];
  }

  /** Returns the ways to divide a word into a prefix, or none, and the rest; the undivided word comes first. */
  parts(word: string): [prefix: string, rest: string][] {
    const parts: [string, string][] = [['', word]];
    for (const prefix of this.#prefixes)
      if (word.length >= prefix.length + shortestRest && word.startsWith(prefix))
        parts.push([prefix, word.slice(prefix.length)]);
    return parts;
  }

  /** Returns the verbs of which a word is a form, each with its prefix; empty for any other word. */
  verbsOf(word: string): ReadonlySet<string> {
    const verbs = new Set<string>();
    for (const [prefix, rest] of this.parts(word))
      for (const verb of this.verbForms.get(rest) ?? []) verbs.add(prefix === '' ? verb : `${prefix}-${verb}`);
    return verbs;
  }

  /** Whether a folded word says little by itself, such as an article. */
  isLight(word: string): boolean {
    return this.#light.has(word);
  }

  /** Whether a folded word is a form of a verb that ends or changes something. */
  isChanging(word: string): boolean {
    return this.#changing.has(word);
  }

  /** Whether free text that begins with a word is hardly meant: "not", "all", but no verb. */
  beginsNothing(word: string): boolean {
    const folded = foldWord(word);
    return this.turning.has(folded) && this.verbsOf(folded).size === 0;
  }

  /**
   * Whether a sentence that begins with a word is hardly the beginning of free text.
   * @param isHead whether another command begins with it
   */
  beginsCommand(word: string, isHead: boolean): boolean {
    const folded = foldWord(word);
    if (this.turning.has(folded) || this.#changing.has(folded)) return true;
    return isHead && !this.#light.has(folded) && (this.verbForms.size === 0 || this.verbsOf(folded).size > 0);
  }
}
