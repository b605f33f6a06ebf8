import { byId, element, KeyedList } from './dom.ts';
import type { Outcome, Utterance } from './utterances.ts';
import type { ViewState } from './view-state.ts';

/** What the transcript can ask for. */
export interface TranscriptActions {
  undo: () => void;
  /** Tells how an utterance came about. */
  why: (utteranceId: string) => void;
}

const marks: Record<Outcome['status'], { sign: string; words: string }> = {
  running: { sign: '…', words: 'Running' },
  done: { sign: '✓', words: 'Done' },
  failed: { sign: '!', words: 'Failed' },
  refused: { sign: '–', words: 'Not done' },
  unmatched: { sign: '?', words: 'Not understood' },
};

/** The phrases, newest first: words as they are heard, then what came of them. */
export class TranscriptView {
  readonly #empty = byId('transcript-empty', HTMLElement);
  readonly #list: KeyedList<{ utterance: Utterance; isNewest: boolean }>;
  #rows: { utterance: Utterance; isNewest: boolean }[] = [];

  constructor(actions: TranscriptActions) {
    this.#list = new KeyedList({
      parent: byId('utterances', HTMLOListElement),
      keyOf: ({ utterance }) => utterance.id,
      fill: (li, { utterance, isNewest }) => {
        li.className = `utterance ${utterance.status}`;
        li.replaceChildren(...utteranceNodes(utterance, actions, isNewest));
      },
    });
  }

  update({ utterances }: ViewState): void {
    this.#rows = utterances.map((utterance, index) => {
      const row = this.#rows.find((shown) => shown.utterance === utterance && shown.isNewest === (index === 0));
      return row ?? { utterance, isNewest: index === 0 };
    });
    this.#list.update(this.#rows);
    this.#empty.hidden = utterances.length > 0;
  }
}

function utteranceNodes({ id, text, committed, status, outcomes, said, source }: Utterance, { undo, why }: TranscriptActions, isNewest: boolean): Node[] {
  const solid = text.slice(0, committed.length);
  const volatile = text.slice(committed.length);
  const words = element('p', { class: 'words' }, ...(solid === '' ? [] : [element('span', { class: 'committed' }, solid)]),
    ...(volatile === '' ? [] : [element('span', { class: 'volatile' }, volatile)]));
  if (text === '') words.append(element('span', { class: 'volatile' }, '…'));
  const kind = { hearing: 'Hearing', reading: 'Reading', heard: { spoken: 'Heard', typed: 'Typed', heed: 'heed says' }[source] }[status];
  return [
    ...(source === 'spoken' && status === 'heard' ? [element('button', { type: 'button', class: 'quiet why-button', 'aria-label': `Why was “${text}” understood so?`, onClick: () => why(id) }, 'Why?')] : []),
    element('p', { class: 'kind' }, kind),
    words,
    ...said.map((line) => element('p', { class: 'said' }, line)),
    ...outcomes.map((outcome) => outcomeNode(outcome, isNewest ? undo : undefined)),
  ];
}

function outcomeNode({ status, command, text, candidates, canUndo }: Outcome, undo: (() => void) | undefined): Node {
  const { sign, words } = marks[status];
  const label = status === 'done' && text !== '' ? text : status === 'running' ? `${words}: ${command} …` : text === '' ? `${words}.` : `${words}: ${text}`;
  const node = element('div', { class: `outcome ${status}` },
    element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
    element('p', {}, label),
  );
  if (canUndo && undo) node.append(element('button', { type: 'button', class: 'quiet', onClick: undo }, 'Undo'));
  if (candidates.length > 0) {
    node.append(element('ul', { class: 'candidates' }, ...candidates.slice(0, 3).map(({ phrase, score, reason }) => element('li', {},
      element('span', { class: 'phrase' }, `“${phrase}”`), ` ${Math.round(score * 100)} %: ${reason}`))));
  }
  return node;
}
