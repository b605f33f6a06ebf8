import type { Language } from '../language/index.ts';
import { CommandWords } from './command-words.ts';
import { foldWord } from './fold.ts';
import { numberWordsOf } from './number-words.ts';
import { perLanguage } from './slots/per-language.ts';

/** The words of a language that tell free text from what is said about another command; all of them are folded. */
export class OpenWords {
  static readonly of = perLanguage((language: Language) => new OpenWords(language));
  readonly #light: ReadonlySet<string>;
  readonly #sides: ReadonlySet<string>;
  readonly #definites: ReadonlySet<string>;
  readonly #prepositions: ReadonlySet<string>;
  readonly #units: ReadonlySet<string>;
  readonly #general: ReadonlySet<string>;
  readonly #numbers: ReadonlySet<string>;
  readonly #denials: ReadonlySet<string>;
  readonly #links: ReadonlySet<string>;
  readonly #states: readonly (readonly string[])[];
  readonly #words: CommandWords;

  private constructor(language: Language) {
    const fold = (words: readonly string[]): string[] => words.flatMap((word) => word.split(' ')).map(foldWord);
    const { dates, times } = language;
    const days = new Set(
      fold([
        ...(dates ? [...dates.months.flat(), ...dates.weekdays.flat(), ...Object.keys(dates.relative)] : []),
        ...(times ? [...Object.keys(times.periods), ...Object.keys(times.named)] : []),
      ]),
    );
    this.#sides = new Set(fold([...language.critical, ...language.directions]).filter((word) => !days.has(word)));
    this.#definites = new Set(fold(language.definites));
    this.#denials = new Set(fold(language.denials));
    this.#links = new Set(fold(language.links));
    this.#states = language.states.map((state) => fold([state]));
    this.#prepositions = new Set(fold(language.beforeNumbers));
    this.#units = new Set(fold(Object.values(language.units).flat()));
    this.#light = new Set(
      fold([
        ...language.weak,
        ...language.definites,
        ...language.possessives,
        ...language.fillers,
        ...language.beforeNumbers,
        ...language.subjects,
        ...language.questions,
        ...language.openings,
        ...language.politeStart,
        ...language.politeEnd,
      ]),
    );
    const general = language.generalVerbs.flatMap((verb) => fold(formsOf(verb, language)));
    this.#general = new Set(general.filter((word) => !this.#light.has(word)));
    this.#numbers = numberWordsOf(language);
    this.#words = CommandWords.of(language);
  }

  /** Whether there are verbs after which free text is doubted. */
  get isKnown(): boolean {
    return this.#general.size > 0;
  }

  /** Whether a word says how, which or where, and has a counterpart: "off", "louder", "next"; no day has. */
  isSide(word: string): boolean {
    return this.#sides.has(word);
  }

  isNumber(word: string): boolean {
    return !this.isSide(word) && (/\d/.test(word) || this.#numbers.has(word));
  }

  /** Whether a word says little by itself: articles, prepositions, politeness. */
  isLight(word: string): boolean {
    return !this.isSide(word) && !this.isNumber(word) && this.#light.has(word);
  }

  /** Whether a word names something. */
  isContent(word: string): boolean {
    return !this.isSide(word) && !this.isNumber(word) && !this.#light.has(word) && !this.#units.has(word);
  }

  /** Whether a word says that the thing behind it is a known one: "the", "my". */
  isDefinite(word: string): boolean {
    return this.#definites.has(word);
  }

  /** Whether a word behind a verb denies it. */
  isDenial(word: string): boolean {
    return this.#denials.has(word);
  }

  /** Whether words begin with a state that something is put in: "on hold". */
  beginsWithState(words: readonly string[]): boolean {
    return this.#states.some((state) => state.every((word, i) => words[i] === word));
  }

  /** Whether a word joins two commands: "and". */
  isLink(word: string): boolean {
    return this.#links.has(word);
  }

  /** Whether a word says where the thing behind it is, or when: "in", "from". */
  isPreposition(word: string): boolean {
    return this.#prepositions.has(word);
  }

  /** Whether a word is a form of a verb that is said of anything. */
  isGeneral(word: string): boolean {
    return this.#general.has(word);
  }

  /** Whether a word may be a form of a verb that commands are made of. */
  isVerb(word: string): boolean {
    return this.#words.verbsOf(word).size > 0;
  }

  /** Whether a word is a form of a verb that ends or changes something. */
  isChanging(word: string): boolean {
    return this.#words.isChanging(word);
  }
}

function formsOf(verb: string, language: Language): string[] {
  return verb.split('/').flatMap((stem) => language.verbForms(stem));
}
