import type { Devices } from './devices.ts';
import { element } from './dom.ts';
import { languageName } from './language-name.ts';
import { radioField, rangeField, SelectField, switchField, textField, type Choice } from './settings-fields.ts';
import { maxWakeLength, type Settings } from './settings.ts';
import type { SettingsStore } from './settings-store.ts';
import { voicesFor } from './speech.ts';
import { isWakePhrase } from './wake-words.ts';

/** What the server can do, which some settings depend on. */
export interface ServerInfo {
  /** The language that it uses when none is chosen. */
  language: string;
  languages: readonly string[];
  /** Whether it joins commands with "and" when nothing is chosen. */
  chain: boolean;
}

/** The fields of the sheet. */
export class SettingsForm {
  readonly element: HTMLElement;
  readonly #store: SettingsStore;
  readonly #askForNames: () => void;
  readonly #microphone = new SelectField('set-microphone', 'Microphone', (microphone) => this.#change({ microphone }));
  readonly #language = new SelectField('set-language', 'Language', (language) => this.#change({ language }));
  readonly #voice = new SelectField('set-voice', 'Voice', (voice) => this.#change({ voice }));
  readonly #talk = radioField(
    'set-talk',
    'Talk button',
    [
      { value: 'hands-free', name: 'Hands-free: press once, press again to stop' },
      { value: 'push-to-talk', name: 'Push-to-talk: listens while it is held' },
    ],
    (talk) => this.#change({ talk }),
  );
  readonly #wake = textField(
    'set-wake',
    'Wake phrase',
    {
      hint: 'Hands-free, only what begins with it is obeyed. Empty, all is, unless the server has a phrase of its own.',
      maxLength: maxWakeLength,
      problemOf: (value) =>
        value === '' || isWakePhrase(value) ? '' : 'Plain words are needed, such as “computer”, without signs.',
    },
    (wake) => this.#change({ wake }),
  );
  readonly #sensitivity = rangeField(
    'set-sensitivity',
    'Sensitivity',
    { ends: ['only clear voices', 'soft voices too'], hint: 'Lower it where other voices are in the background.' },
    (sensitivity) => this.#change({ sensitivity }),
  );
  readonly #chain = switchField(
    'set-chain',
    'Several commands at once',
    '“Turn on the light and close the blinds” runs both.',
    (isOn) => this.#change({ chain: isOn ? 'on' : 'off' }),
  );
  readonly #voices = switchField(
    'set-voices',
    'Tell voices apart',
    'Shows whose voice each phrase was. The server fetches two small models for it the first time.',
    (voices) => this.#change({ voices }),
  );
  readonly #speak = switchField(
    'set-speak',
    'Speak replies',
    'heed does not listen while it speaks. The Talk button and the space bar interrupt it.',
    (speak) => this.#change({ speak }),
  );
  readonly #sounds = switchField('set-sounds', 'Sounds', 'A short sound when listening begins and ends.', (sounds) =>
    this.#change({ sounds }),
  );
  readonly #theme = radioField(
    'set-theme',
    'Colours',
    [
      { value: 'system', name: 'As the system' },
      { value: 'light', name: 'Light' },
      { value: 'dark', name: 'Dark' },
    ],
    (theme) => this.#change({ theme }),
  );
  #server: ServerInfo = { language: 'en', languages: [], chain: true };
  #devices: Devices = { status: 'unnamed', devices: [] };

  /** `askForNames` is called when the person wants to see the names of the microphones. */
  constructor(store: SettingsStore, askForNames: () => void) {
    this.#store = store;
    this.#askForNames = askForNames;
    this.element = element(
      'div',
      { class: 'settings-body' },
      section('Listening', [
        this.#talk.element,
        this.#microphone.element,
        this.#language.element,
        this.#wake.element,
        this.#sensitivity.element,
        this.#chain.element,
        this.#voices.element,
      ]),
      section('Replies', [this.#speak.element, this.#voice.element, this.#sounds.element]),
      section('Look', [this.#theme.element]),
    );
  }

  show(settings: Settings): void {
    this.#talk.show(settings.talk);
    this.#wake.show(settings.wake);
    this.#sensitivity.show(settings.sensitivity);
    this.#chain.show(settings.chain === 'server' ? this.#server.chain : settings.chain === 'on');
    this.#voices.show(settings.voices);
    this.#speak.show(settings.speak);
    this.#sounds.show(settings.sounds);
    this.#theme.show(settings.theme);
    this.#showLanguages(settings);
    this.#showVoices(settings);
    this.#showDevices(settings);
  }

  tellServer(server: ServerInfo): void {
    this.#server = server;
    this.show(this.#store.settings);
  }

  tellDevices(devices: Devices): void {
    this.#devices = devices;
    this.#showDevices(this.#store.settings);
  }

  permissionRefused(): void {
    this.#microphone.hint.replaceChildren(
      'The browser does not allow it. Allow the microphone for this page in its address bar.',
    );
  }

  #change(part: Partial<Settings>): void {
    this.#store.change(part);
  }

  #showLanguages({ language }: Settings): void {
    const { languages, language: usual } = this.#server;
    const choices = [
      { value: '', name: `As the server: ${languageName(usual)}` },
      ...languages.map((code) => ({ value: code, name: languageName(code) })),
    ];
    this.#language.show(withMissing(choices, language, `${languageName(language)} (not on this server)`), language);
    this.#language.hint.textContent =
      languages.length > 1 ? '' : 'The model or the commands of this server know only one language.';
  }

  #showVoices({ language, voice, speak }: Settings): void {
    const spoken = language === '' ? this.#server.language : language;
    const all = 'speechSynthesis' in globalThis ? speechSynthesis.getVoices() : [];
    const voices = voicesFor(all, spoken).map(({ voiceURI, name }) => ({ value: voiceURI, name }));
    this.#voice.show([{ value: '', name: 'The best one for the language' }, ...voices], voiceIn(voices, voice));
    this.#voice.element.hidden = !speak;
    this.#voice.hint.textContent =
      voices.length > 0
        ? 'Only voices of this device are offered: others send the text to a server.'
        : `This browser has no voice of its own for ${languageName(spoken)}, so replies stay silent.`;
  }

  #showDevices({ microphone }: Settings): void {
    const { status, devices } = this.#devices;
    const choices = devices.map(({ id, name }) => ({ value: id, name }));
    const all = [{ value: '', name: 'Default microphone' }, ...choices];
    this.#microphone.show(withMissing(all, microphone, 'The chosen one (not connected)'), microphone);
    const ask = element(
      'button',
      { type: 'button', class: 'quiet', onClick: this.#askForNames },
      'Allow the microphone',
    );
    if (status === 'unnamed')
      this.#microphone.hint.replaceChildren('The browser shows the list once this page may use a microphone. ', ask);
    else if (status === 'insecure')
      this.#microphone.hint.textContent = 'Browsers allow a microphone only on this machine or over https.';
    else if (microphone !== '' && !devices.some(({ id }) => id === microphone))
      this.#microphone.hint.textContent = 'Until it is plugged in, the default microphone is used.';
    else this.#microphone.hint.textContent = '';
  }
}

function section(title: string, fields: readonly HTMLElement[]): HTMLElement {
  return element('section', {}, element('h3', {}, title), ...fields);
}

/** A chosen value stays visible, even if it cannot be chosen at the moment. */
function withMissing(choices: readonly Choice[], chosen: string, name: string): Choice[] {
  return choices.some(({ value }) => value === chosen) ? [...choices] : [...choices, { value: chosen, name }];
}

function voiceIn(voices: readonly Choice[], voice: string): string {
  return voices.some(({ value }) => value === voice) ? voice : '';
}
