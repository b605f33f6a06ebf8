import { byId } from './dom.ts';
import type { ViewState } from './view-state.ts';
import { connectionWords, talkWords } from './words.ts';

/** Shows the Talk button, the line beside it and the connection, and tells screen readers what happens. */
export class TalkView {
  readonly #button = byId('talk', HTMLButtonElement);
  readonly #label = byId('talk-label', HTMLElement);
  readonly #words = byId('talk-words', HTMLElement);
  readonly #connection = byId('connection', HTMLElement);
  readonly #announcer = byId('announcer', HTMLElement);
  #announced = 0;

  update(state: ViewState): void {
    const isOn = state.mode !== 'off';
    this.#button.dataset['state'] = !isOn ? 'off' : state.isSpeaking ? 'hearing' : 'listening';
    setText(this.#label, isOn ? 'Stop' : 'Talk');
    setText(this.#words, talkWords(state));
    setText(this.#connection, connectionWords(state.connection));
    this.#connection.dataset['status'] = state.connection.status;
    if (state.announcement.count === this.#announced) return;
    this.#announced = state.announcement.count;
    this.#announcer.replaceChildren(state.announcement.text);
  }
}

function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
