import type { SessionChoices } from '../client/options.ts';
import { areSameChoices, sessionChoices, type Settings } from './settings.ts';
import type { SettingsStore } from './settings-store.ts';
import { isUnderWay } from './utterances.ts';
import type { ViewState } from './view-state.ts';

/** What is under way is waited for, but not longer than this, ms. */
const longestWaitMs = 15_000;

/** What a reopening needs of the page. */
export interface ReopeningOptions {
  /** Whether the person is still choosing. */
  isOpen: () => boolean;
  reopen: (choices: SessionChoices) => void;
}

/**
 * Opens another session when settings change that a session has from its start. What is being said or obeyed at that
 * moment is finished first, so that nothing is lost or done twice; a question that waits for an answer is closed.
 */
export class Reopening {
  readonly #store: SettingsStore;
  readonly #options: ReopeningOptions;
  /** The settings of the session. */
  #settings: Settings;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: SettingsStore, options: ReopeningOptions) {
    this.#store = store;
    this.#options = options;
    this.#settings = store.settings;
  }

  /** Opens another session if that is wanted and nothing is under way. */
  update(state: ViewState): void {
    if (areSameChoices(this.#settings, this.#store.settings)) this.#endWait();
    else if (this.#options.isOpen()) return;
    else if (isBusy(state)) this.#timer ??= setTimeout(() => this.#reopen(), longestWaitMs);
    else this.#reopen();
  }

  #reopen(): void {
    this.#endWait();
    this.#settings = this.#store.settings;
    this.#options.reopen(sessionChoices(this.#settings));
  }

  #endWait(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function isBusy({ connection, mode, isSpeaking, prompts, utterances }: ViewState): boolean {
  if (connection.status !== 'open') return false;
  return mode === 'held' || isSpeaking || (prompts.length === 0 && utterances.some(isUnderWay));
}
