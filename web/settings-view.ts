import { askPermission, listDevices, onDeviceChange, type Devices } from './devices.ts';
import { byId, element } from './dom.ts';
import type { VoicesList } from './voices-list.ts';
import { SettingsForm, type ServerInfo } from './settings-form.ts';
import type { SettingsStore } from './settings-store.ts';

/** The sheet with the settings: a modal dialog that the header's button opens. */
export class SettingsView {
  readonly #dialog = byId('settings', HTMLDialogElement);
  readonly #form: SettingsForm;
  readonly #onClose: () => void;
  readonly #voices: VoicesList;

  /** `voices` is shown below the fields; `onClose` is called when the sheet was open and is closed. */
  constructor(store: SettingsStore, { onClose, voices }: { onClose: () => void; voices: VoicesList }) {
    this.#onClose = onClose;
    this.#voices = voices;
    this.#form = new SettingsForm(store, () => void this.#namesWanted());
    this.#form.element.append(voices.element);
    const close = (): void => this.#dialog.close();
    this.#dialog.append(
      element('header', {}, element('h2', { id: 'settings-title' }, 'Settings')),
      this.#form.element,
      element(
        'footer',
        {},
        element('button', { type: 'button', class: 'quiet', onClick: () => store.reset() }, 'Reset all'),
        element('button', { type: 'button', class: 'strong', onClick: close }, 'Done'),
      ),
    );
    this.#dialog.addEventListener('close', () => this.#onClose());
    this.#dialog.addEventListener('click', ({ target }) => {
      // Only the backdrop is the dialog itself: everything in front of it is inside.
      if (target === this.#dialog) close();
    });
    byId('open-settings', HTMLButtonElement).addEventListener('click', () => this.#open());
    store.subscribe((settings) => this.#form.show(settings));
    onDeviceChange(() => {
      if (this.isOpen) void this.#listDevices();
    });
    if ('speechSynthesis' in globalThis)
      speechSynthesis.addEventListener('voiceschanged', () => this.#form.show(store.settings));
    this.#form.show(store.settings);
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  /** Shows what can be chosen on this server. */
  tellServer(server: ServerInfo): void {
    this.#form.tellServer(server);
  }

  #open(): void {
    this.#dialog.showModal();
    // Some browsers would give the focus to the part that scrolls.
    this.#dialog.querySelector<HTMLInputElement>('input:checked')?.focus();
    void this.#listDevices();
    void this.#voices.refresh();
  }

  async #listDevices(): Promise<void> {
    this.#form.tellDevices(await listDevices().catch((): Devices => ({ status: 'insecure', devices: [] })));
  }

  async #namesWanted(): Promise<void> {
    const isAllowed = await askPermission();
    await this.#listDevices();
    if (!isAllowed) this.#form.permissionRefused();
  }
}
