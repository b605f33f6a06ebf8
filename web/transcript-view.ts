import { byId, element, KeyedList } from './dom.ts';
import { areSameWords } from './same-words.ts';
import type { Outcome, Utterance } from './utterances.ts';
import type { ViewState } from './view-state.ts';
import { voiceClass, voiceName } from './voice-names.ts';

/** What the transcript can ask for. */
export interface TranscriptActions {
  undo: () => void;
  /** Says a phrase that may have been meant. */
  say: (phrase: string) => void;
  /** Shows how an utterance was understood. */
  why: (utteranceId: string) => void;
  /** Names a voice, or makes it known. */
  nameVoice: (speaker: string, name: string) => void;
}

const marks: Record<Outcome['status'], { sign: string; words: string }> = {
  running: { sign: '…', words: 'Running' },
  unfinished: { sign: '…', words: 'Unfinished' },
  done: { sign: '✓', words: 'Done' },
  failed: { sign: '!', words: 'Failed' },
  refused: { sign: '–', words: 'Not done' },
  unmatched: { sign: '?', words: 'Not understood' },
};

/** So many phrases are shown at first; a button shows the older ones. */
const firstShown = 20;

/** Shows the phrases, newest first: the words as they are heard, then what became of them. */
export class TranscriptView {
  readonly #empty = byId('transcript-empty', HTMLElement);
  readonly #list: KeyedList<{ utterance: Utterance; isNewest: boolean }>;
  readonly #older = byId('transcript-older', HTMLButtonElement);
  #utterances: Utterance[] = [];
  #showsAll = false;
  #rows: { utterance: Utterance; isNewest: boolean }[] = [];

  constructor(actions: TranscriptActions) {
    this.#list = new KeyedList({
      parent: byId('utterances', HTMLOListElement),
      keyOf: ({ utterance }) => utterance.id,
      fill: (li, { utterance, isNewest }) => {
        li.className = `utterance ${utterance.status}`;
        li.replaceChildren(...utteranceNodes(utterance, actions, isNewest && utterance.isPast !== true));
      },
    });
    this.#older.addEventListener('click', () => {
      this.#showsAll = true;
      this.#refresh();
    });
  }

  update({ utterances }: ViewState): void {
    if (utterances === this.#utterances) return;
    this.#utterances = utterances;
    this.#refresh();
  }

  #refresh(): void {
    const utterances = this.#utterances;
    const shown = this.#showsAll ? utterances : utterances.slice(0, firstShown);
    this.#rows = shown.map((utterance, index) => {
      const row = this.#rows.find((shown) => shown.utterance === utterance && shown.isNewest === (index === 0));
      return row ?? { utterance, isNewest: index === 0 };
    });
    this.#list.update(this.#rows);
    this.#empty.hidden = utterances.length > 0;
    this.#older.hidden = shown.length === utterances.length;
    this.#older.textContent = `Show ${utterances.length - shown.length} older`;
  }
}

function utteranceNodes(
  { id, text, committed, status, understood, outcomes, said, source, speaker, speakerName, isPast }: Utterance,
  { undo, why, say, nameVoice }: TranscriptActions,
  isNewest: boolean,
): Node[] {
  const solid = text.slice(0, committed.length);
  const volatile = text.slice(committed.length);
  const words =
    understood !== undefined
      ? element('p', { class: 'words', dir: 'auto' }, understood)
      : element(
          'p',
          { class: 'words', dir: 'auto' },
          ...(solid === '' ? [] : [element('span', { class: 'committed' }, solid)]),
          ...(volatile === '' ? [] : [element('span', { class: 'volatile' }, volatile)]),
        );
  if (text === '') words.append(element('span', { class: 'volatile' }, '…'));
  const kind = {
    hearing: 'Hearing',
    reading: 'Reading',
    heard: { spoken: 'Heard', typed: 'Typed', heed: 'heed says' }[source],
  }[status];
  return [
    ...(source === 'spoken' && status === 'heard' && isPast !== true
      ? [
          element(
            'button',
            {
              type: 'button',
              class: 'quiet why-button',
              'aria-label': `Why was “${text}” understood this way?`,
              onClick: () => why(id),
            },
            'Why?',
          ),
        ]
      : []),
    element(
      'p',
      { class: 'kind' },
      kind,
      ...(speaker === undefined ? [] : [voiceNode(speaker, speakerName, isPast === true ? undefined : nameVoice)]),
    ),
    words,
    ...(understood === undefined
      ? []
      : [element('p', { class: 'reading', dir: 'auto' }, `${source === 'typed' ? 'Typed' : 'Heard'}: “${text}”`)]),
    ...said.map((line) => element('p', { class: 'said', dir: 'auto' }, line)),
    ...outcomes.map((outcome) => outcomeNode(outcome, text, isNewest ? { undo, say } : {})),
  ];
}

/** A voice of this session can be named or made known. */
function voiceNode(
  speaker: string,
  name: string | undefined,
  nameVoice: TranscriptActions['nameVoice'] | undefined,
): Node {
  const label = voiceName(speaker, name);
  const classes = `voice ${voiceClass(speaker)}`;
  if (!nameVoice) return element('span', { class: classes }, label);
  return element(
    'button',
    {
      type: 'button',
      class: `${classes} quiet`,
      'aria-label': `${label}: name this voice`,
      onClick: () => nameVoice(speaker, label),
    },
    label,
  );
}

/** A near miss below this score is not worth asking about; the why-panel shows all of them. */
const leastMeantScore = 0.5;
const maxMeant = 3;

function outcomeNode(
  { status, command, text, candidates, canUndo }: Outcome,
  heard: string,
  { undo, say }: Partial<TranscriptActions>,
): Node {
  const { sign, words } = marks[status];
  const label =
    status === 'done' && text !== ''
      ? text
      : status === 'running'
        ? `${words}: ${command} …`
        : text === ''
          ? `${words}.`
          : `${words}: ${text}`;
  const node = element(
    'div',
    { class: `outcome ${status}` },
    element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
    // The reason is a sentence of its own. The sign before it tells the eye what the words tell the ear.
    status === 'unmatched'
      ? element('p', { dir: 'auto' }, element('span', { class: 'visually-hidden' }, `${words}: `), text)
      : element('p', { dir: 'auto' }, label),
  );
  if (canUndo && undo) node.append(element('button', { type: 'button', class: 'quiet', onClick: undo }, 'Undo'));
  const meant = candidates
    .filter(({ phrase, score }) => score >= leastMeantScore && !areSameWords(phrase, heard))
    .slice(0, maxMeant);
  if (meant.length > 0) {
    node.append(
      element(
        'div',
        { class: 'candidates' },
        element('span', {}, 'Did you mean'),
        element(
          'ul',
          {},
          ...meant.map(({ phrase }) =>
            element(
              'li',
              {},
              say
                ? element(
                    'button',
                    { type: 'button', class: 'quiet phrase', dir: 'auto', onClick: () => say(phrase) },
                    phrase,
                  )
                : element('span', { class: 'phrase' }, phrase),
            ),
          ),
        ),
      ),
    );
  }
  return node;
}
