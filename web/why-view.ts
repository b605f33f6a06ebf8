import type { HeedEvent } from '../src/events/event.ts';
import type { TraceSummary } from '../src/trace/utterance-trace.ts';
import { byId, element } from './dom.ts';
import { saveCaseNode } from './save-case.ts';
import type { HeardTrace, WhyRequests } from './why-requests.ts';
import { voicesDrawing, type SpokenTurn } from './voices-drawing.ts';
import { traceNodes } from './why-trace.ts';

/** How many turns are kept. */
const maxTurns = 500;

/**
 * The panel that shows how the last utterances of this session were understood. It requests nothing while it is closed.
 */
export class WhyView {
  readonly #requests: WhyRequests;
  readonly #panel = byId('why', HTMLDetailsElement);
  readonly #list = byId('why-list', HTMLUListElement);
  readonly #trace = byId('why-trace', HTMLElement);
  readonly #empty = byId('why-empty', HTMLElement);
  #session = '';
  /** Who spoke when in this session, as far as voices are told apart. */
  #turns: SpokenTurn[] = [];
  /** The utterance that the person chose; otherwise the newest one is shown. */
  #chosen: string | undefined;
  #shown = '';
  #isAsking = false;
  #mustAskAgain = false;

  constructor(requests: WhyRequests) {
    this.#requests = requests;
    this.#panel.addEventListener('toggle', () => this.#refresh());
  }

  /** Follows the events of the session. */
  hear(event: HeedEvent): void {
    if (event.type === 'session.started') {
      this.#session = event.session_id;
      this.#chosen = undefined;
      this.#turns = [];
    } else if (event.type !== 'segment.final' && !('segment_id' in event && event.type.startsWith('command.'))) return;
    if (event.type === 'segment.final') this.#turns = [...this.#turns, ...turnsOf(event)].slice(-maxTurns);
    this.#refresh();
  }

  /** Opens the panel at an utterance. */
  show(id: string): void {
    this.#chosen = id;
    this.#panel.open = true;
    this.#refresh();
    this.#panel.querySelector('summary')?.focus();
    this.#panel.scrollIntoView({ block: 'start' });
  }

  /** Only one request runs at a time; whatever happens meanwhile is requested after it. */
  #refresh(): void {
    if (!this.#panel.open || this.#session === '') return;
    this.#mustAskAgain = this.#isAsking;
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#load()
      .catch((error: unknown) => this.#tell(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        this.#isAsking = false;
        if (this.#mustAskAgain) this.#refresh();
      });
  }

  async #load(): Promise<void> {
    const utterances = await this.#requests.list(this.#session);
    const chosen = utterances.find(({ id }) => id === this.#chosen) ?? utterances[0];
    this.#showList(utterances, chosen?.id);
    if (!chosen) this.#tell('Say something, and you will see here what was heard and how it was understood.');
    else if (!this.#isInUse) this.#showTrace(await this.#requests.trace(chosen.id));
  }

  /** Nothing may be replaced while somebody types into the trace or plays its audio. */
  get #isInUse(): boolean {
    const { activeElement } = document;
    const isTyping =
      activeElement instanceof HTMLInputElement && this.#trace.contains(activeElement) && activeElement.value !== '';
    return isTyping || this.#trace.querySelector('audio')?.paused === false;
  }

  #showList(utterances: TraceSummary[], current: string | undefined): void {
    const focused =
      document.activeElement instanceof HTMLElement && this.#list.contains(document.activeElement)
        ? document.activeElement.dataset['id']
        : undefined;
    this.#list.replaceChildren(
      ...utterances.map(({ id, text }) =>
        element(
          'li',
          {},
          element(
            'button',
            {
              type: 'button',
              class: 'quiet',
              'data-id': id,
              'aria-pressed': String(id === current),
              onClick: () => {
                this.#chosen = id === utterances[0]?.id ? undefined : id;
                this.#shown = '';
                this.#refresh();
              },
            },
            text.trim() === '' ? '(no words)' : text.trim(),
          ),
        ),
      ),
    );
    if (focused !== undefined) this.#list.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  }

  #showTrace(trace: HeardTrace): void {
    const key = JSON.stringify([trace, this.#turns]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#empty.hidden = true;
    const heard = trace.free?.text.trim() ?? '';
    const title = element('h3', {}, heard === '' ? '(no words)' : `“${heard}”`);
    const audio = trace.has_audio
      ? [
          element('audio', {
            controls: '',
            preload: 'none',
            src: this.#requests.audioUrl(trace.id),
            'aria-label': 'What was heard',
          }),
        ]
      : [element('p', { class: 'soft' }, 'The audio is no longer kept.')];
    this.#trace.replaceChildren(
      title,
      ...audio,
      ...whoNodes(this.#turns),
      ...traceNodes(trace),
      ...(trace.has_audio ? [saveCaseNode(trace, this.#requests)] : []),
    );
  }

  #tell(words: string): void {
    this.#shown = '';
    this.#trace.replaceChildren();
    this.#empty.textContent = words;
    this.#empty.hidden = false;
  }
}

/** Returns who spoke when within a segment: words of one voice, without another between them, are a turn. */
function turnsOf({ words, speaker }: Extract<HeedEvent, { type: 'segment.final' }>): SpokenTurn[] {
  const turns: SpokenTurn[] = [];
  for (const word of words) {
    if (word.speaker === undefined) continue;
    const isOverlap = word.overlap === true;
    const last = turns.at(-1);
    if (last?.speaker === word.speaker && last.isOverlap === isOverlap) last.end = word.end;
    else {
      const name = word.speaker === speaker?.id ? speaker.name : undefined;
      turns.push({ speaker: word.speaker, name, start: word.start, end: word.end, isOverlap });
    }
  }
  return turns;
}

function whoNodes(turns: readonly SpokenTurn[]): Node[] {
  const drawing = voicesDrawing(turns);
  return drawing.length === 0
    ? []
    : [element('section', { class: 'why-part' }, element('h4', {}, 'Who spoke'), ...drawing)];
}
