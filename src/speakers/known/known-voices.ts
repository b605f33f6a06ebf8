import { asHeedError, HeedError } from '../../errors.ts';
import { findInCatalogue } from '../../models/index.ts';
import { samplesToMs, voiceKey, type HeardVoice } from '../../types.ts';
import type { Diarization, SpokenVoice } from '../diarization.ts';
import type { NamedVoice } from '../name-voices.ts';
import { encoderModel } from '../voice-encoder.ts';
import { calibrations, type Calibration } from './calibration.ts';
import { enrol, type Enrolled } from './enrol.ts';
import { checkVoiceName, secondsOf, type KnownVoice, type VoiceModel } from './known-voice.ts';
import { centreOf, scoreVoices } from './score-voices.ts';
import type { DescribedVoice } from './speech-describer.ts';
import { VoiceStore } from './voice-store.ts';

/** What known voices need. */
export interface KnownVoicesOptions {
  /** Where they are kept. */
  folder: string;
  /** Returns the thread with the models, loaded when it is first needed. */
  diarization: () => Promise<Pick<Diarization, 'openSpeech'>>;
  log: (line: string) => void;
}

/** Finds out whose voice speech is, while it goes on. */
export interface VoiceListener {
  /** Takes what is said next: samples at 16 kHz that hold speech and little else. */
  hear(speech: Float32Array): void;
  /** Says whose voice it is in all that was heard and in a rest, which is not kept. Never rejects. */
  judge(rest: Float32Array): Promise<HeardVoice>;
  close(): void;
}

/** A known voice, as programs and pages see it. */
export interface VoiceInfo {
  name: string;
  /** How much speech it was made from, s. */
  seconds: number;
  /** An ISO date. */
  enrolledAt: string;
  /** Whether it can be recognised: whether it was made with the model that is in use. */
  isUsable: boolean;
}

/** If others speak for longer than this, speech is not of one voice, s. */
export const maxOthersSeconds = 0.2;

/** Knows people by their voices: makes them known, forgets them, and says whose voice speech is. */
export class KnownVoices {
  readonly #diarization: KnownVoicesOptions['diarization'];
  readonly #store: VoiceStore;
  readonly #model: VoiceModel;
  readonly #calibration: Calibration;

  constructor({ folder, diarization, log }: KnownVoicesOptions) {
    this.#diarization = diarization;
    this.#store = new VoiceStore(folder, log);
    const { name, sha256 } = findInCatalogue(encoderModel)!;
    this.#model = { name, sha256 };
    this.#calibration = calibrations[name]!;
  }

  /** Everybody who is known, by name. */
  list(): VoiceInfo[] {
    return this.#store.list().map((voice) => ({
      name: voice.name,
      seconds: Math.round(10 * secondsOf(voice)) / 10,
      enrolledAt: voice.enrolledAt,
      isUsable: this.#isUsable(voice),
    }));
  }

  /** The names of those who can be recognised. */
  get names(): string[] {
    return this.#usable().map(({ name }) => name);
  }

  /** Those who can be recognised, and what each sounds like. */
  get named(): NamedVoice[] {
    return this.#usable().map(({ name, pieces }) => ({ name, vector: centreOf(pieces) }));
  }

  /**
   * Loads the models ahead of time. Never rejects: whoever needs them is told why they cannot be loaded.
   */
  async prepare(): Promise<void> {
    await this.#diarization().catch(() => undefined);
  }

  /** Says whose voice it is in samples that hold speech and little else. Never rejects. */
  async judge(speech: Float32Array): Promise<HeardVoice> {
    const listener = this.listen();
    try {
      return await listener.judge(speech);
    } finally {
      listener.close();
    }
  }

  /** Listens to speech while it goes on, to say whose voice it is. */
  listen(): VoiceListener {
    let spoken: Promise<SpokenVoice> | undefined;
    let samples = 0;
    const open = (): Promise<SpokenVoice> =>
      (spoken ??= this.#diarization().then((diarization) => diarization.openSpeech()));
    const tell = (what: (voice: SpokenVoice) => void): void => void spoken?.then(what, () => undefined);
    return {
      hear: (speech) => {
        samples += speech.length;
        void open();
        tell((voice) => voice.hear(speech));
      },
      judge: (rest) =>
        this.#judge(samplesToMs(samples + rest.length) / 1000, async () => (await open()).describe(rest)),
      close: () => tell((voice) => voice.close()),
    };
  }

  async #judge(seconds: number, describe: () => Promise<DescribedVoice>): Promise<HeardVoice> {
    const { minSeconds, threshold } = this.#calibration;
    const heard = { seconds, scores: [], threshold };
    if (seconds < minSeconds) return { ...heard, doubt: tooShort(seconds, minSeconds) };
    try {
      const { vector, othersSeconds } = await describe();
      if (!vector) return { ...heard, doubt: tooShort(seconds, minSeconds) };
      const scores = scoreVoices({ vector, seconds }, this.#usable(), this.#calibration);
      if (othersSeconds <= maxOthersSeconds) return { ...heard, scores };
      const reason = 'Several voices were heard at once or one after the other; please say it alone.';
      return { ...heard, scores, doubt: { code: 'several-voices', reason } };
    } catch (error) {
      const reason = `Nobody can tell who spoke: ${asHeedError(error).message}`;
      return { ...heard, doubt: { code: 'no-voice', reason } };
    }
  }

  /**
   * Makes a voice known, or anew. Whoever calls this has the person's consent.
   * @param speech samples that hold speech and little else
   * @throws HeedError `bad-config` for a name that cannot be one; `bad-audio` when it is too little speech or several
   *   voices; `too-many`; what the models fail with
   */
  async add(name: string, speech: Float32Array): Promise<Enrolled> {
    const checked = checkVoiceName(name);
    const diarization = await this.#diarization();
    const describe = async (part: Float32Array): Promise<DescribedVoice> => {
      const voice = diarization.openSpeech();
      try {
        return await voice.describe(part);
      } finally {
        voice.close();
      }
    };
    const others = this.#usable().filter((voice) => voiceKey(voice.name) !== voiceKey(checked));
    const { pieces, alike } = await enrol(speech, { describe, others, calibration: this.#calibration });
    const voice: KnownVoice = { name: checked, model: this.#model, pieces, enrolledAt: new Date().toISOString() };
    this.#store.put(voice);
    return { name: checked, seconds: secondsOf(voice), alike };
  }

  /**
   * Gives a voice another name, which commands for some voices only must then name, too. Returns its name as it is
   * kept, undefined when nobody of the old name is known.
   * @throws HeedError `bad-config` for a name that cannot be one, or that somebody else has
   */
  rename(from: string, to: string): string | undefined {
    const checked = checkVoiceName(to);
    return this.#store.rename(from, checked) ? checked : undefined;
  }

  /** Forgets a voice. Returns false when nobody of this name is known. */
  remove(name: string): boolean {
    return this.#store.remove(name);
  }

  #usable(): KnownVoice[] {
    return this.#store.list().filter((voice) => this.#isUsable(voice));
  }

  #isUsable({ model }: KnownVoice): boolean {
    return model.name === this.#model.name && model.sha256 === this.#model.sha256;
  }
}

function tooShort(seconds: number, least: number): NonNullable<HeardVoice['doubt']> {
  return {
    code: 'speech-too-short',
    reason:
      `This was too short to tell who spoke: ${seconds.toFixed(1)} s of speech, and ${least} s are needed; ` +
      'please say it in more words.',
  };
}

/** The error of somebody who is not known. */
export function unknownVoice(name: string): HeedError {
  return new HeedError('not-found', `No voice named "${name}" is known. List them with: heed voices list`);
}
