import { byId, element } from './dom.ts';
import { transcriptJson, transcriptText } from './transcript-export.ts';
import type { ViewState } from './view-state.ts';

/** The buttons below the transcript, which save it as a file or clear it. */
export class TranscriptTools {
  readonly #tools = byId('transcript-tools', HTMLElement);
  #utterances: ViewState['utterances'] = [];

  constructor({ clear }: { clear: () => void }) {
    byId('save-text', HTMLButtonElement).addEventListener('click', () =>
      download('heed-transcript.txt', 'text/plain;charset=utf-8', transcriptText(this.#utterances)),
    );
    byId('save-json', HTMLButtonElement).addEventListener('click', () =>
      download('heed-transcript.json', 'application/json', transcriptJson(this.#utterances)),
    );
    byId('clear-transcript', HTMLButtonElement).addEventListener('click', () => {
      clear();
      // The button that had the focus is gone; the next phrase may be typed.
      byId('say-text', HTMLInputElement).focus();
    });
  }

  update({ utterances }: ViewState): void {
    this.#utterances = utterances;
    this.#tools.hidden = utterances.length === 0;
  }
}

function download(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  element('a', { href: url, download: name }).click();
  // The browser has taken the content by the time that this runs; until then the address must stay valid.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
