import type { HeedEvent } from '../src/events/event.ts';
import type { HeedClient } from '../client/heed-client.ts';
import type { MicrophoneStatus } from '../client/options.ts';
import { Playing } from './playing.ts';
import { spokenReply } from './replies.ts';
import type { SettingsStore } from './settings-store.ts';
import { Sounds } from './sounds.ts';
import { Speaker } from './speech.ts';
import { browserTabs } from './tabs.ts';
import type { ViewState } from './view-state.ts';

/** What heed lets be heard on this page: replies and short sounds, here and in other tabs, but never to itself. */
export class OwnSound {
  readonly #store: SettingsStore;
  readonly #sounds = new Sounds();
  readonly #playing: Playing;
  readonly #tabs = browserTabs({
    onOtherVoice: (isSpeaking) => {
      if (isSpeaking) this.#playing.begin('other-tab');
      else this.#playing.end('other-tab');
      this.#onVoice(isSpeaking);
    },
    onHush: () => this.#speaker.interrupt(false),
  });
  readonly #speaker: Speaker;
  readonly #onVoice: (isOn: boolean) => void;
  #serverLanguage = 'en';
  #microphone: MicrophoneStatus = 'off';
  #isTaken = false;

  /** `onVoice` is called when heed begins to speak, here or in another tab, and when it is silent again. */
  constructor(client: Pick<HeedClient, 'playing'>, store: SettingsStore, onVoice: (isOn: boolean) => void) {
    this.#store = store;
    this.#onVoice = onVoice;
    this.#playing = new Playing((isPlaying, isHeld) => client.playing(isPlaying, { isHeld }));
    this.#speaker = new Speaker({
      synthesis: 'speechSynthesis' in globalThis ? speechSynthesis : undefined,
      alone: (work) => this.#tabs.alone(work),
      onVoice: (isSpeaking, isHeld) => {
        if (isSpeaking) this.#playing.begin('voice');
        else this.#playing.end('voice', isHeld);
        onVoice(isSpeaking);
      },
    });
    store.subscribe(({ speak }) => {
      if (!speak) this.#speaker.interrupt(false);
    });
  }

  /** Speaks the reply in an event, if there is one. */
  hear(event: HeedEvent): void {
    const { speak, voice, language } = this.#store.settings;
    const text = speak ? spokenReply(event) : undefined;
    if (text !== undefined && text.trim() !== '')
      this.#speaker.say(text, { voice, language: language === '' ? this.#serverLanguage : language });
  }

  /** heed waits until the person has finished. */
  update({ mode, isSpeaking }: ViewState): void {
    this.#speaker.block(mode === 'held' || isSpeaking);
  }

  /** The person wants to speak or type, so heed is silent; `isHeld` when what comes from now on is the person. */
  interrupt(isHeld: boolean): void {
    if (this.#store.settings.sounds) this.#sounds.prepare();
    this.#speaker.interrupt(isHeld);
    this.#tabs.hush();
    if (isHeld) this.#playing.hold();
  }

  /** Takes the microphone from other tabs. */
  takeMicrophone(onTaken: () => void): void {
    this.#tabs.takeMicrophone(() => {
      // The other tab's sound tells that it begins to listen; two at once would be none.
      this.#isTaken = true;
      onTaken();
      this.#isTaken = false;
    });
  }

  microphoneChanged(microphone: MicrophoneStatus): void {
    const before = this.#microphone;
    this.#microphone = microphone;
    if (microphone === 'off') this.#tabs.leaveMicrophone();
    if (!this.#store.settings.sounds) return;
    if (microphone === 'on') {
      void this.#sounds.play('begin', () => this.#playing.begin('sound')).then(() => this.#playing.end('sound', true));
    } else if (before === 'on' && !this.#isTaken) void this.#sounds.play('end');
  }

  /** The language in which replies come when none is chosen. */
  tellLanguage(language: string): void {
    this.#serverLanguage = language;
  }
}
