import { element } from './dom.ts';
import type { KnownVoice, VoiceRequests } from './voice-requests.ts';

/** What the list offers besides forgetting a voice. */
export interface VoicesListActions {
  add: () => void;
  rename: (name: string) => void;
}

/** The list of known voices in the settings. */
export class VoicesList {
  readonly element: HTMLElement;
  readonly #requests: Pick<VoiceRequests, 'list' | 'remove'>;
  readonly #rename: VoicesListActions['rename'];
  readonly #list = element('ul', { class: 'known-voices', id: 'known-voices' });
  readonly #status = element('p', { role: 'status', class: 'soft' });

  constructor(requests: Pick<VoiceRequests, 'list' | 'remove'>, { add, rename }: VoicesListActions) {
    this.#requests = requests;
    this.#rename = rename;
    this.element = element(
      'section',
      {},
      element('h3', {}, 'Known voices'),
      this.#list,
      this.#status,
      element('button', { type: 'button', class: 'quiet', id: 'add-voice', onClick: add }, 'Add a voice'),
    );
  }

  /** Shows who is known at the moment. */
  async refresh(): Promise<void> {
    try {
      const voices = await this.#requests.list();
      this.#list.replaceChildren(...voices.map((voice) => this.#item(voice)));
      this.#status.textContent = voices.length > 0 ? '' : 'Nobody is known by voice.';
    } catch (error) {
      this.#tell(error);
    }
  }

  #item({ name, seconds, is_usable }: KnownVoice): Node {
    const remove = (): void => {
      this.#requests
        .remove(name)
        .then(() => this.refresh())
        .catch((error: unknown) => this.#tell(error));
    };
    return element(
      'li',
      {},
      element('span', { dir: 'auto' }, name),
      element('span', { class: 'soft' }, is_usable ? ` ${Math.round(seconds)} s of speech ` : ' must be added again '),
      element(
        'button',
        { type: 'button', class: 'quiet', 'aria-label': `Rename ${name}`, onClick: () => this.#rename(name) },
        'Rename',
      ),
      element('button', { type: 'button', class: 'quiet', 'aria-label': `Forget ${name}`, onClick: remove }, 'Forget'),
    );
  }

  #tell(error: unknown): void {
    this.#status.textContent = error instanceof Error ? error.message : String(error);
  }
}
