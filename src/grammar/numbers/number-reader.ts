import type { Language } from '../../language/index.ts';
import { foldWord } from '../fold.ts';
import { readDigits } from './digits.ts';
import { NumberVocabulary } from './number-vocabulary.ts';
import { numberKey, WholeReader } from './whole-reader.ts';

/** The fewest digits that are read one by one; two of them are more often a correction. */
const leastDigits = 3;
/** More than this are not counted in dozens: "three hundred and two dozen" could be two numbers. */
const mostOfAmount = 100;
/** No more parts of a whole are counted. */
const mostAbove = 1000;
/** The first halves of years and the like, "nineteen eighty four". */
const [leastPair, mostPair] = [11, 20];

/** Reads the numbers of one language: digits, words, and both together; wholes, decimals, fractions and dozens. */
export class NumberReader {
  static readonly #known = new WeakMap<Language, NumberReader>();
  readonly #language: Language;
  readonly #words: NumberVocabulary;
  readonly #wholes: WholeReader;

  private constructor(language: Language) {
    this.#language = language;
    this.#wholes = WholeReader.of(language);
    this.#words = new NumberVocabulary(language);
  }

  static of(language: Language): NumberReader {
    let reader = NumberReader.#known.get(language);
    if (!reader) NumberReader.#known.set(language, (reader = new NumberReader(language)));
    return reader;
  }

  /** Whether a word can be a part of a number. */
  isPart(word: string): boolean {
    const folded = foldWord(word);
    return (
      /\d/.test(folded) ||
      this.#words.all.has(folded) ||
      this.#wholes.read(folded) !== undefined ||
      this.#part([folded]) !== undefined
    );
  }

  /** Returns the number that the words are as a whole; undefined when they are none, or could be two. */
  read(words: readonly string[]): number | undefined {
    const folded = words.map(foldWord);
    const sign = startOf(folded, this.#words.minus);
    const size = this.#size(sign === 0 ? folded : folded.slice(sign));
    if (size === undefined || (sign > 0 && size < 0)) return undefined;
    return sign > 0 ? -size : size;
  }

  #size(words: readonly string[]): number | undefined {
    if (words.length === 0) return undefined;
    const found = [
      this.whole(words),
      this.#writtenParts(words),
      this.#decimal(words),
      this.#digitByDigit(words),
      this.#pair(words),
      this.#timesScale(words),
      this.#amount(words),
      this.#over(words),
      ...this.#withFraction(words),
    ].filter((value) => value !== undefined);
    const [first] = found;
    return first !== undefined && found.every((value) => Math.abs(value - first) < 1e-9)
      ? Number(first.toPrecision(15))
      : undefined;
  }

  /** Returns the whole number of the words; digits may stand before and after words like "hundred". */
  whole(words: readonly string[]): number | undefined {
    if (words.length === 1 && /\d/.test(words[0]!)) return readDigits(words[0]!, this.#language);
    const spelled: string[] = [];
    for (const [at, word] of words.entries()) {
      if (!/\d/.test(word)) spelled.push(word);
      else {
        const isCount = this.#words.scales.has(words[at + 1] ?? '');
        const isRest = at === words.length - 1 && at > 0 && this.#words.joints.has(words[at - 1]!);
        const value = (isCount || isRest) && /^\d{1,3}$/.test(word) ? Number(word) : 0;
        if (value === 0) return undefined;
        const [form] = isCount ? this.#language.spellBefore(value) : this.#language.spellAfter(value);
        spelled.push(foldWord(form!.replaceAll(' ', '')));
      }
    }
    return this.#wholes.read(spelled.join(''));
  }

  /** "1 500", "1 1/2". */
  #writtenParts(words: readonly string[]): number | undefined {
    if (words.length < 2 || !words.every((word) => /^-?[\d.,/⁄]+$/.test(word))) return undefined;
    if (/^[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d{1,2})?$/.test(words.join(' ')))
      return Number(words.join('').replace(',', '.'));
    const part = readDigits(words[1]!, this.#language);
    return words.length === 2 && /^-?\d+$/.test(words[0]!) && part !== undefined && part > 0 && part < 1
      ? Number(words[0]) + (words[0]!.startsWith('-') ? -part : part)
      : undefined;
  }

  /** "Two point five", "two point oh five", "zwei Komma fünfundzwanzig", "two point five million". */
  #decimal(words: readonly string[]): number | undefined {
    const at = words.findIndex((word) => this.#words.point.has(word));
    if (at < 0) return undefined;
    const scale = this.#words.scales.get(words.at(-1)!) ?? 1;
    const whole = at === 0 ? 0 : this.whole(words.slice(0, at));
    const decimals = this.#decimals(words.slice(at + 1, scale > 1 ? -1 : undefined));
    return whole === undefined || decimals === undefined ? undefined : Number(`${whole}.${decimals}`) * scale;
  }

  #decimals(words: readonly string[]): string | undefined {
    if (words.length === 1 && /^\d+$/.test(words[0]!)) return words[0];
    const first = words.findIndex((word) => this.#digit(word) !== 0);
    const zeros = '0'.repeat(first < 0 ? words.length : first);
    const rest = words.slice(zeros.length);
    if (rest.length === 0) return zeros === '' ? undefined : zeros;
    const digits = rest.map((word) => this.#digit(word));
    if (digits.every((digit) => digit !== undefined)) return zeros + digits.join('');
    const number = this.#wholes.readSmall(numberKey(rest));
    return number === undefined ? undefined : zeros + String(number);
  }

  #digit(word: string): number | undefined {
    if (this.#words.zeros.has(word)) return 0;
    const value = /^\d$/.test(word) ? Number(word) : this.#wholes.readSmall(word);
    return value !== undefined && value < 10 ? value : undefined;
  }

  #digitByDigit(words: readonly string[]): number | undefined {
    const digits = words.length < leastDigits ? [undefined] : words.map((word) => this.#digit(word));
    return digits[0] !== 0 && digits.every((digit) => digit !== undefined) ? Number(digits.join('')) : undefined;
  }

  #pair(words: readonly string[]): number | undefined {
    if (!this.#language.pairs || words.length < 2 || words.some((word) => /\d/.test(word))) return undefined;
    const first = this.#wholes.readSmall(words[0]!) ?? 0;
    if (first < leastPair || first > mostPair) return undefined;
    const rest = words.slice(1);
    const second = this.#wholes.readSmall(numberKey(rest)) ?? 0;
    if (second > 9 && second < 100) return first * 100 + second;
    const last = rest.length === 2 && this.#words.zeros.has(rest[0]!) ? this.#digit(rest[1]!) : undefined;
    return last === undefined ? undefined : first * 100 + last;
  }

  /** "2.5 million", "10 k", "half a million", "five and a half million", "three million and a half". */
  #timesScale(words: readonly string[]): number | undefined {
    const last = words.at(-1)!;
    const scale = this.#words.scales.get(last);
    const head = words.slice(0, -1);
    const digits = head.length === 1 ? readDigits(head[0]!, this.#language) : undefined;
    if (digits !== undefined) {
      const factor = scale ?? this.#words.shortScales.get(last);
      return factor === undefined ? undefined : digits * factor;
    }
    if (scale !== undefined) {
      const factor = this.#words.beforeUnit.get(head.join(' ')) ?? this.#mixed(head);
      return factor === undefined || Number.isInteger(factor) ? undefined : factor * scale;
    }
    const ends = this.#words.ends(words).map(([end, factor]) => [words.length - end, factor] as const);
    for (const [at, factor] of [...ends, ...this.#partsAfterAnd(words)]) {
      const million = this.#words.scales.get(words[at - 1]!) ?? 0;
      const value = million < 1e6 || factor >= 1 ? undefined : this.whole(words.slice(0, at));
      if (value !== undefined) return value + factor * million;
    }
    return undefined;
  }

  /** Returns the fractions that follow a word like "and": the position of that word, and the value. */
  #partsAfterAnd(words: readonly string[]): (readonly [at: number, part: number])[] {
    return words.flatMap((word, at) => {
      const part = at > 0 && this.#words.and.has(word) ? this.#part(words.slice(at + 1)) : undefined;
      return part === undefined ? [] : [[at, part] as const];
    });
  }

  /** "A dozen", "three dozen", "half a dozen". */
  #amount(words: readonly string[]): number | undefined {
    const amount = this.#words.amounts.get(words.at(-1)!);
    if (amount === undefined) return undefined;
    const count = this.#count(words.slice(0, -1));
    return count === undefined || count >= mostOfAmount || !Number.isInteger(count * amount)
      ? undefined
      : count * amount;
  }

  /** How many there are of what follows: nothing or an article for one. */
  #count(words: readonly string[]): number | undefined {
    const phrase = words.join(' ');
    if (words.length === 0 || this.#words.one.has(phrase)) return 1;
    return this.#words.beforeUnit.get(phrase) ?? this.whole(words);
  }

  /** "A half", "three quarters", "two and a half", "anderthalb", "two and three quarters". */
  #withFraction(words: readonly string[]): (number | undefined)[] {
    const found = [this.#words.halfPast.get(numberKey(words)), this.#part(words)];
    for (const [end, factor] of this.#words.ends(words)) {
      const head = words.slice(0, -end);
      if ((this.#words.scales.get(head.at(-1) ?? '') ?? 0) < 1e3) found.push(plus(this.whole(head), factor));
    }
    for (const [at, part] of this.#partsAfterAnd(words))
      if (part < 1 && (this.#words.scales.get(words[at - 1]!) ?? 0) < 1e3)
        found.push(plus(this.whole(words.slice(0, at)), part));
    return found;
  }

  /** Returns the one number with a fraction that the words are. */
  #mixed(words: readonly string[]): number | undefined {
    const found = new Set(this.#withFraction(words).filter((value) => value !== undefined));
    return found.size === 1 ? [...found][0] : undefined;
  }

  /** "One over three". */
  #over(words: readonly string[]): number | undefined {
    for (const [at] of words.entries()) {
      const length = at === 0 ? 0 : startOf(words.slice(at), this.#words.over);
      if (length === 0) continue;
      const [above, below] = [this.whole(words.slice(0, at)), this.whole(words.slice(at + length))];
      if (above !== undefined && below !== undefined && below > 0) return above / below;
    }
    return undefined;
  }

  /** "Three quarters", "a third", "half", "dreiviertel". */
  #part(words: readonly string[]): number | undefined {
    for (let length = 1; length <= Math.min(3, words.length); length++) {
      const named = words.slice(-length).join(' ');
      const below = this.#words.parts.get(named);
      if (below === undefined) continue;
      const head = words.slice(0, -length);
      if (head.length === 0) return this.#words.ordinals.has(named) ? undefined : 1 / below;
      const above = this.#words.one.has(head.join(' ')) ? 1 : this.whole(head);
      if (above !== undefined && above > 0 && above < mostAbove) return above / below;
    }
    return words.length === 1 && this.#words.isJoined ? this.#joinedPart(words[0]!) : undefined;
  }

  /** "Dreiviertel". */
  #joinedPart(word: string): number | undefined {
    for (const [named, below] of this.#words.parts) {
      const above = word.endsWith(named) ? this.#wholes.readSmall(word.slice(0, -named.length)) : undefined;
      if (above !== undefined && above > 0) return above / below;
    }
    return undefined;
  }
}

function plus(first: number | undefined, second: number): number | undefined {
  return first === undefined ? undefined : first + second;
}

/** Returns how many words of the longest phrase the words begin with. */
function startOf(words: readonly string[], phrases: readonly string[][]): number {
  const lengths = phrases.filter((phrase) => phrase.every((word, i) => words[i] === word)).map(({ length }) => length);
  return Math.max(0, ...lengths);
}
