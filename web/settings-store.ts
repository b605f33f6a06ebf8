import { defaultSettings, parseSettings, type Settings } from './settings.ts';

/** The name under which this browser keeps the settings of all tabs. */
const key = 'heed.settings';

/** Where settings are kept; `localStorage` is one. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** What a store needs. */
export interface SettingsStoreOptions {
  /** Where it keeps nothing, the settings last as long as the page. */
  storage: SettingsStorage;
  /** Dispatches `storage` events, which tell of changes in other tabs; `window` does. */
  events: Pick<EventTarget, 'addEventListener'>;
}

/** The settings of this browser: they survive a reload, and all tabs have the same. */
export class SettingsStore {
  readonly #options: SettingsStoreOptions;
  readonly #listeners: ((settings: Settings, before: Settings) => void)[] = [];
  #settings: Settings;

  constructor(options: SettingsStoreOptions) {
    this.#options = options;
    this.#settings = this.#read();
    options.events.addEventListener('storage', (event) => {
      // Without a key, everything was cleared.
      const changed = (event as StorageEvent).key;
      if (changed === key || changed === null) this.#take(this.#read());
    });
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Calls the listener with the new and the former settings whenever they change, here or in another tab. */
  subscribe(listener: (settings: Settings, before: Settings) => void): void {
    this.#listeners.push(listener);
  }

  /** Changes some of the settings. */
  change(part: Partial<Settings>): void {
    const changed = JSON.stringify({ ...this.#settings, ...part });
    try {
      this.#options.storage.setItem(key, changed);
    } catch {
      // The browser has no room, or keeps nothing for this page; then the settings last until it is closed.
    }
    this.#take(parseSettings(changed));
  }

  /** Sets everything back. */
  reset(): void {
    this.change(defaultSettings);
  }

  #read(): Settings {
    try {
      return parseSettings(this.#options.storage.getItem(key));
    } catch {
      return defaultSettings;
    }
  }

  #take(settings: Settings): void {
    const before = this.#settings;
    if (JSON.stringify(before) === JSON.stringify(settings)) return;
    this.#settings = settings;
    for (const listener of this.#listeners) listener(settings, before);
  }
}
