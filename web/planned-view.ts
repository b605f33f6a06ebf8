import type { HeedEvent } from '../src/events/event.ts';
import { byId, element, KeyedList } from './dom.ts';
import type { Requests } from './requests.ts';

/** A command that was given for later, as `/v1/planned` tells it. */
interface Planned {
  planned_id: string;
  phrase: string;
  due: string;
}

/** Lists the commands that were given for later, in whatever session, and calls them off. */
export class PlannedView {
  readonly #requests: Requests;
  readonly #section = byId('planned', HTMLElement);
  readonly #problem = byId('planned-problem', HTMLElement);
  readonly #list: KeyedList<Planned>;

  constructor(requests: Requests) {
    this.#requests = requests;
    this.#list = new KeyedList({
      parent: byId('planned-list', HTMLUListElement),
      keyOf: ({ planned_id }) => planned_id,
      fill: (li, planned) => this.#fill(li, planned),
    });
    // What other sessions plan is told to them alone.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.#refresh();
    });
  }

  /** Follows the events of the session. */
  hear(event: HeedEvent): void {
    if (event.type === 'session.started' || 'planned_id' in event) void this.#refresh();
  }

  async #refresh(): Promise<void> {
    await this.#requests.send<{ planned: Planned[] }>(this.#requests.url('v1/planned')).then(
      ({ planned }) => {
        this.#problem.textContent = '';
        this.#section.hidden = planned.length === 0;
        this.#list.update(planned.sort((a, b) => Date.parse(a.due) - Date.parse(b.due)));
      },
      // The list stays as it was; the next event fetches it again.
      (error: unknown) => console.warn('The list of planned commands could not be read.', error),
    );
  }

  #fill(li: HTMLLIElement, { planned_id, phrase, due }: Planned): void {
    const words = element('span', { dir: 'auto' }, phrase);
    const time = element('time', { datetime: due }, dueWords(new Date(due), new Date()));
    const cancel = element('button', { type: 'button', class: 'quiet', 'aria-label': `Cancel: ${phrase}` }, 'Cancel');
    cancel.addEventListener('click', () => {
      cancel.disabled = true;
      void this.#cancel(planned_id).finally(() => {
        cancel.disabled = false;
      });
    });
    li.className = 'card';
    li.replaceChildren(time, words, cancel);
  }

  async #cancel(id: string): Promise<void> {
    const url = this.#requests.url(`v1/planned/${encodeURIComponent(id)}`);
    const problem = await this.#requests.send(url, { method: 'DELETE' }).then(
      () => '',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    await this.#refresh();
    this.#problem.textContent = problem;
  }
}

/** Says when something is due: the time, and the day unless that is today. */
export function dueWords(due: Date, now: Date): string {
  return due.toDateString() === now.toDateString()
    ? due.toLocaleTimeString([], { timeStyle: 'short' })
    : due.toLocaleString([], { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
}
