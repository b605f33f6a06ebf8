/** What is used of a voice of the browser. */
export type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'name' | 'voiceURI' | 'localService' | 'default'>;

/** What is used of the browser's speech synthesis. */
export type Synthesis = Pick<SpeechSynthesis, 'speak' | 'cancel' | 'getVoices'>;

/** What a speaker needs. */
export interface SpeakerOptions {
  /** Undefined in browsers that cannot speak. */
  synthesis: Synthesis | undefined;
  /** Does the work while no other tab speaks. */
  alone: (work: () => Promise<void>) => Promise<void>;
  /** Called before each text, and when it is over; `isHeld` when push-to-talk interrupted it. */
  onVoice: (isSpeaking: boolean, isHeld: boolean) => void;
}

/** How a text is spoken. */
export interface Manner {
  /** An ISO 639-1 code. */
  language: string;
  /** The `voiceURI` of the wanted voice; empty for the best one. */
  voice: string;
}

interface Waiting {
  text: string;
  manner: Manner;
  sinceMs: number;
}

/** More texts than these are old news; the oldest is dropped. */
const maxWaiting = 4;
/** A text that could not be begun for this long is old news too, ms. */
const maxAgeMs = 15_000;
/** Browsers sometimes never say that a text is over: a slow voice has finished it after this time, ms. */
const longestMs = (text: string): number => 3_000 + 150 * text.length;

/**
 * Speaks replies one after the other with a voice of this machine. It waits while somebody else speaks: the person, or
 * another tab.
 */
export class Speaker {
  readonly #options: SpeakerOptions;
  readonly #waiting: Waiting[] = [];
  #isRunning = false;
  #isBlocked = false;
  #unblock: (() => void) | undefined;
  /** Ends the text that is being spoken. */
  #finish: ((isHeld: boolean) => void) | undefined;

  constructor(options: SpeakerOptions) {
    this.#options = options;
  }

  /** Speaks a text after those that wait. Does nothing without a voice of this machine for the language. */
  say(text: string, manner: Manner): void {
    this.#waiting.push({ text, manner, sinceMs: performance.now() });
    if (this.#waiting.length > maxWaiting) this.#waiting.shift();
    if (!this.#isRunning) void this.#run();
  }

  /** While the person speaks, no text is begun. */
  block(isBlocked: boolean): void {
    this.#isBlocked = isBlocked;
    if (!isBlocked) this.#unblock?.();
  }

  /** Ends the voice at once and forgets what waits; `isHeld` when that is because push-to-talk is held now. */
  interrupt(isHeld: boolean): void {
    this.#waiting.length = 0;
    this.#finish?.(isHeld);
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#waiting.length > 0) {
        await this.#unblocked();
        await this.#options.alone(async () => {
          // Somebody may have begun to speak while another tab did.
          if (this.#isBlocked) return;
          const next = this.#waiting.shift();
          if (next && performance.now() - next.sinceMs < maxAgeMs) await this.#speak(next);
        });
      }
    } catch (error) {
      this.#waiting.length = 0;
      console.warn('A reply could not be spoken.', error);
    } finally {
      this.#isRunning = false;
    }
  }

  async #unblocked(): Promise<void> {
    if (!this.#isBlocked) return;
    await new Promise<void>((resolve) => {
      this.#unblock = resolve;
    });
    this.#unblock = undefined;
  }

  async #speak({ text, manner }: Waiting): Promise<void> {
    const { synthesis, onVoice } = this.#options;
    const voice = synthesis && chooseVoice(synthesis.getVoices(), manner);
    if (!voice) return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    onVoice(true, false);
    const isHeld = await new Promise<boolean>((resolve) => {
      const end = (isHeldNow: boolean): void => {
        clearTimeout(timer);
        this.#finish = undefined;
        utterance.onend = utterance.onerror = null;
        resolve(isHeldNow);
      };
      this.#finish = (isHeldNow) => {
        end(isHeldNow);
        synthesis.cancel();
      };
      const timer = setTimeout(() => this.#finish?.(false), longestMs(text));
      utterance.onend = utterance.onerror = () => end(false);
      synthesis.speak(utterance);
    });
    onVoice(false, isHeld);
  }
}

/**
 * Returns the wanted voice, or the best one for a language. Only voices of this machine count, because others send the
 * text elsewhere.
 */
export function chooseVoice<T extends Voice>(voices: readonly T[], { language, voice }: Manner): T | undefined {
  const usable = voicesFor(voices, language);
  return usable.find(({ voiceURI }) => voiceURI === voice) ?? usable.find((one) => one.default) ?? usable[0];
}

/** Returns the voices of this machine for a language. */
export function voicesFor<T extends Voice>(voices: readonly T[], language: string): T[] {
  // Some browsers write "en_US".
  return voices.filter(({ lang, localService }) => localService && lang.toLowerCase().split(/[-_]/)[0] === language);
}
