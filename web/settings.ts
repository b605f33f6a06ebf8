import { isWakePhrase } from './wake-words.ts';
import type { SessionChoices } from '../client/options.ts';

/** How the page looks: as the system does, or always in one way. */
export const themes = ['system', 'light', 'dark'] as const;

/** What pressing Talk means: listen until Stop, or listen while it is held. */
export const talkChoices = ['hands-free', 'push-to-talk'] as const;

/** What a person can set on the page. */
export interface Settings {
  /** The `deviceId` of the microphone; empty for the default one. */
  microphone: string;
  talk: (typeof talkChoices)[number];
  /** An ISO 639-1 code; empty for the server's language. */
  language: string;
  /** Words with which a phrase must begin; empty for those of the server, which usually has none. */
  wake: string;
  /** How easily speech is noticed, 0–1; 0.5 is usual. */
  sensitivity: number;
  /** Whether "and" may join several commands; `server` is as the server's options say. */
  chain: 'server' | 'on' | 'off';
  /** Whether it is shown whose voice each phrase was. */
  voices: boolean;
  /** Whether replies are spoken. */
  speak: boolean;
  /** The `voiceURI` of the voice; empty for the best one in the language. */
  voice: string;
  /** Whether a sound tells that listening begins and ends. */
  sounds: boolean;
  theme: (typeof themes)[number];
}

/** The settings of somebody who has set nothing. */
export const defaultSettings: Settings = {
  microphone: '',
  talk: 'hands-free',
  language: '',
  wake: '',
  sensitivity: 0.5,
  chain: 'server',
  voices: false,
  speak: false,
  voice: '',
  sounds: false,
  theme: 'system',
};

/** The longest wake phrase, characters. */
export const maxWakeLength = 60;
const maxIdLength = 500;

/**
 * Reads settings that were stored, perhaps by another version of the page: every value that does not fit is the default
 * one. Never throws.
 */
export function parseSettings(stored: string | null): Settings {
  const value = fieldsOf(stored);
  const { microphone, talk, language, wake, sensitivity, chain, voices, speak, voice, sounds, theme } = value;
  const usual = defaultSettings;
  return {
    microphone: text(microphone, maxIdLength) ?? usual.microphone,
    talk: oneOf(talkChoices, talk) ?? usual.talk,
    language: typeof language === 'string' && /^[a-z]{2,3}$/.test(language) ? language : usual.language,
    wake: wakePhrase(wake) ?? usual.wake,
    sensitivity: share(sensitivity) ?? usual.sensitivity,
    chain: oneOf(['server', 'on', 'off'], chain) ?? usual.chain,
    voices: typeof voices === 'boolean' ? voices : usual.voices,
    speak: typeof speak === 'boolean' ? speak : usual.speak,
    voice: text(voice, maxIdLength) ?? usual.voice,
    sounds: typeof sounds === 'boolean' ? sounds : usual.sounds,
    theme: oneOf(themes, theme) ?? usual.theme,
  };
}

/** Returns what a session is opened with. What is as usual is left out, so that the server's options hold. */
export function sessionChoices({ language, wake, sensitivity, chain, voices }: Settings): SessionChoices {
  return {
    ...(language === '' ? {} : { language }),
    ...(wake === '' ? {} : { wake }),
    ...(sensitivity === defaultSettings.sensitivity ? {} : { sensitivity }),
    ...(chain === 'server' ? {} : { chain: chain === 'on' }),
    ...(voices ? { diarize: true } : {}),
  };
}

/** Whether two settings open the same session. */
export function areSameChoices(one: Settings, other: Settings): boolean {
  return JSON.stringify(sessionChoices(one)) === JSON.stringify(sessionChoices(other));
}

function fieldsOf(stored: string | null): Partial<Record<keyof Settings, unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? 'null');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // Something else was stored under this name, or the browser was stopped while it wrote.
    return {};
  }
}

function text(value: unknown, maxLength: number): string | undefined {
  return typeof value === 'string' && value.length <= maxLength ? value : undefined;
}

function wakePhrase(value: unknown): string | undefined {
  const phrase = text(value, maxWakeLength)?.trim();
  return phrase !== undefined && isWakePhrase(phrase) ? phrase : undefined;
}

function share(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
}

function oneOf<const T>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((choice) => choice === value);
}
