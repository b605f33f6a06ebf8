import { element } from './dom.ts';
import { recordUntilEnough } from './voice-recording.ts';
import type { VoiceRequests } from './voice-requests.ts';

/** What the dialog needs. */
export interface VoiceDialogOptions {
  requests: Pick<VoiceRequests, 'add' | 'list' | 'rename'>;
  /** The microphone that is to be recorded; the page stops listening meanwhile. */
  microphone: () => Promise<MediaStream>;
  /** Calls a voice of this session by a name, without it being known. */
  rename: (speaker: string, name: string) => void;
  /** Called when a voice was made known, or a known one got another name. */
  onChanged: () => void;
}

/** Names a voice of this session or a known one, or makes it known to heed with its owner's consent. */
export class VoiceDialog {
  readonly #options: VoiceDialogOptions;
  readonly #dialog = element('dialog', { class: 'settings', id: 'voice', 'aria-labelledby': 'voice-title' });
  #cancel: AbortController | undefined;

  constructor(options: VoiceDialogOptions) {
    this.#options = options;
    document.body.append(this.#dialog);
    this.#dialog.addEventListener('close', () => this.#cancel?.abort());
  }

  /** Opens for a voice of this session, for a known one, or for one that has not been heard yet. */
  open(voice?: { speaker?: string; name: string }): void {
    const name = element('input', { id: 'voice-name', maxlength: '40', autocomplete: 'off' });
    const consent = element('input', { type: 'checkbox', id: 'voice-consent' });
    const progress = element('progress', { max: '1', value: '0', 'aria-label': 'Recording' });
    const status = element('p', { role: 'status', class: 'soft' });
    const record = element('button', { type: 'button', class: 'strong', id: 'voice-record' }, 'Record');
    const update = (): void => {
      record.disabled = !consent.checked || name.value.trim() === '' || this.#cancel !== undefined;
    };
    record.addEventListener('click', () => {
      const work = this.#record(name.value.trim(), { progress, status });
      update();
      void work.finally(update);
    });
    for (const input of [name, consent]) input.addEventListener('input', update);
    progress.hidden = true;
    update();
    const speaker = voice?.speaker;
    const callSo = (speaker: string): void => {
      if (name.value.trim() !== '') this.#options.rename(speaker, name.value.trim());
      this.#dialog.close();
    };
    const renameKnown = voice && this.#renameButton(voice.name, { name, status });
    this.#dialog.replaceChildren(
      element('header', {}, element('h2', { id: 'voice-title' }, voice ? voice.name : 'A voice to know')),
      element(
        'div',
        { class: 'settings-body' },
        element('label', { for: 'voice-name' }, 'Name'),
        name,
        ...(speaker === undefined
          ? []
          : [
              element(
                'button',
                { type: 'button', class: 'quiet', id: 'voice-rename', onClick: () => callSo(speaker) },
                'Only call it so on this page',
              ),
            ]),
        ...(renameKnown ? [renameKnown] : []),
        element('h3', {}, 'Let heed know this voice'),
        element(
          'p',
          {},
          'heed then keeps numbers that describe the voice, on its machine, and compares with them what is said. It ' +
            'keeps no sound. They can be removed at any time in the settings. A voice is no key: a recording can ' +
            'imitate it.',
        ),
        element('label', {}, consent, ' This is my voice, or its owner has agreed'),
        element('p', { class: 'soft' }, 'Please read something aloud for about 15 s, with nobody else speaking.'),
        progress,
        status,
      ),
      element(
        'footer',
        {},
        record,
        element('button', { type: 'button', class: 'quiet', onClick: () => this.#dialog.close() }, 'Close'),
      ),
    );
    this.#dialog.showModal();
    name.focus();
  }

  /** Shown as soon as it turns out that the voice is known by this name. */
  #renameButton(known: string, { name, status }: { name: HTMLInputElement; status: HTMLElement }): HTMLButtonElement {
    const { requests, onChanged } = this.#options;
    const tell = (error: unknown): void => {
      status.textContent = error instanceof Error ? error.message : String(error);
    };
    const rename = async (): Promise<void> => {
      const renamed = await requests.rename(known, name.value.trim());
      status.textContent = `${known} is ${renamed} now. Commands for ${known} alone must name ${renamed} instead.`;
      button.hidden = true;
      onChanged();
    };
    const button = element(
      'button',
      { type: 'button', class: 'quiet', id: 'voice-rename-known', onClick: () => void rename().catch(tell) },
      'Rename the known voice',
    );
    button.hidden = true;
    requests
      .list()
      .then((voices) => (button.hidden = !voices.some((voice) => voice.name === known)))
      .catch(tell);
    return button;
  }

  async #record(
    name: string,
    { progress, status }: { progress: HTMLProgressElement; status: HTMLElement },
  ): Promise<void> {
    const cancel = new AbortController();
    this.#cancel = cancel;
    progress.hidden = false;
    status.textContent = 'Recording: please speak.';
    try {
      const stream = await this.#options.microphone();
      const added = await recordUntilEnough(stream, {
        signal: cancel.signal,
        send: (recording) => this.#options.requests.add(name, recording),
        onProgress: (share) => (progress.value = share),
        onMore: (message) => (status.textContent = message),
      });
      status.textContent =
        `${added.name} is known now.` +
        (added.alike ? ` It sounds like ${added.alike.name}: heed may take one for the other, or neither.` : '');
      this.#options.onChanged();
    } catch (error) {
      if (!cancel.signal.aborted) status.textContent = error instanceof Error ? error.message : String(error);
    } finally {
      this.#cancel = undefined;
      progress.hidden = true;
    }
  }
}
