import { isPin, pinPattern } from '../config/index.ts';
import { languageOf, type Language } from '../language/index.ts';
import { machineClock } from '../types.ts';
import { fold } from './answer-words.ts';

/** So many wrong PINs in a row are taken, in all sessions together; then none is taken for a while. */
const maxWrong = 3;
const lockMs = 5 * 60_000;

/** Checks the PIN for all sessions, so that nobody gets more tries by opening another one. */
export class PinCheck {
  readonly #hash: string;
  readonly #nowMs: () => number;
  #wrong = 0;
  #lockedUntilMs = -Infinity;

  /** @param hash the option `dispatch.pin` */
  constructor(hash: string, nowMs = (): number => machineClock.nowMs()) {
    this.#hash = hash;
    this.#nowMs = nowMs;
  }

  /** Whether there is a PIN, none that is locked, or one that can be tried. */
  get state(): 'none' | 'locked' | 'open' {
    if (this.#hash === '') return 'none';
    return this.#nowMs() < this.#lockedUntilMs ? 'locked' : 'open';
  }

  /** Whether this is the PIN. A wrong one, and one that comes while the PIN is locked, is never right. */
  async check(pin: string): Promise<boolean> {
    if (this.state !== 'open') return false;
    // Counted before the hash is computed, so that many tries at once are not more than that many.
    if (++this.#wrong >= maxWrong) {
      this.#lockedUntilMs = this.#nowMs() + lockMs;
      this.#wrong = 0;
    }
    const isRight = await isPin(pin, this.#hash);
    if (isRight) [this.#wrong, this.#lockedUntilMs] = [0, -Infinity];
    return isRight;
  }
}

/** Returns the digits of an answer that is a PIN, in digits or number words; undefined when it is none. */
export function readPin(text: string, language: string): string | undefined {
  const { numbers, words } = numbersIn(text, language);
  const pin = numbers.map(({ digits }) => digits).join('');
  return numbers.reduce((sum, { length }) => sum + length, 0) === words && pinPattern.test(pin) ? pin : undefined;
}

/** Whether at least half of the words are digits or numbers, as in a PIN that was misheard. */
export function resemblesPin(text: string, language: string): boolean {
  const { numbers, words } = numbersIn(text, language);
  return words > 0 && 2 * numbers.reduce((sum, { length }) => sum + length, 0) >= words;
}

interface SpokenNumber {
  digits: string;
  /** How many words it takes. */
  length: number;
}

const mostWords = 4;
const spelledBy = new WeakMap<Language, ReadonlyMap<string, string>>();

/** Finds the numbers of up to two digits, the longest first: "twelve thirty four" is 12 and 34. */
function numbersIn(text: string, language: string): { numbers: SpokenNumber[]; words: number } {
  const spelled = spelledNumbers(languageOf(language));
  const words = fold(text);
  const numbers: SpokenNumber[] = [];
  let at = 0;
  while (at < words.length) {
    const number = numberAt(words, at, spelled);
    if (number) numbers.push(number);
    at += number?.length ?? 1;
  }
  return { numbers, words: words.length };
}

function numberAt(
  words: readonly string[],
  at: number,
  spelled: ReadonlyMap<string, string>,
): SpokenNumber | undefined {
  if (/^\d+$/.test(words[at]!)) return { digits: words[at]!, length: 1 };
  for (let length = Math.min(mostWords, words.length - at); length > 0; length--) {
    const digits = spelled.get(words.slice(at, at + length).join(' '));
    if (digits !== undefined) return { digits, length };
  }
  return undefined;
}

function spelledNumbers(language: Language): ReadonlyMap<string, string> {
  let spelled = spelledBy.get(language);
  if (!spelled) {
    const numbers = Array.from({ length: 100 }, (_, value) => value);
    spelled = new Map(
      numbers.flatMap((value) => language.spell(value).map((words) => [fold(words).join(' '), String(value)] as const)),
    );
    spelledBy.set(language, spelled);
  }
  return spelled;
}
