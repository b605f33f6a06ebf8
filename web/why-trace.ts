import type { ScoredText, Understanding, UtteranceTrace } from '../src/trace/utterance-trace.ts';
import { element } from './dom.ts';
import { vadDrawing } from './vad-drawing.ts';
import { waterfallTable } from './waterfall-drawing.ts';

/** How many constrained readings are shown, and how many near misses. */
const maxReadings = 5;
/** Words below this confidence are listed as unsure. */
const unsureBelow = 0.6;

/** Shows how an utterance was understood, from its sound to its command. */
export function traceNodes(trace: UtteranceTrace): Node[] {
  return [
    part('Voice', vadDrawing(trace), legend(), ...earlyNodes(trace), element('p', {}, endpointWords(trace))),
    part('Readings', ...readingNodes(trace)),
    part('Meaning', ...meaningNodes(trace)),
    ...(trace.waterfall.length === 0 ? [] : [part('Latency', waterfallTable(trace.waterfall))]),
  ];
}

function part(title: string, ...nodes: Node[]): Node {
  return element('section', { class: 'why-part' }, element('h4', {}, title), ...nodes);
}

function legend(): Node {
  const item = (kind: string, words: string): Node => element('li', { class: kind }, words);
  return element(
    'ul',
    { class: 'vad-legend', 'aria-hidden': 'true' },
    item('is-probability', 'speech probability'),
    item('is-level', 'loudness'),
    item('is-segment', 'segment'),
    item('is-early', 'read early'),
  );
}

function earlyNodes({ early }: UtteranceTrace): Node[] {
  if (early.length === 0) return [];
  return [
    element(
      'ul',
      { class: 'early' },
      ...early.map(({ at, text, wait_ms, because }) =>
        element(
          'li',
          {},
          text === undefined
            ? `At ${at.toFixed(2)} s a pause was not read: speech went on.`
            : `At ${at.toFixed(2)} s: “${text}”${wait_ms === undefined ? '' : `, so wait ${wait_ms} ms: ${because}.`}`,
        ),
      ),
    ),
  ];
}

/** Returns why the segment ended when it did. */
export function endpointWords({ endpoint: { reason, because } }: UtteranceTrace): string {
  const words = {
    silence: 'It ended after a silence',
    complete: 'It ended at once',
    flush: 'It ended when Talk was released or the audio was over',
    'max-length': 'It was cut: too long for one phrase',
  }[reason];
  return because === '' ? `${words}.` : `${words}: ${because}.`;
}

function readingNodes({ free, constrained = [], is_speech }: UtteranceTrace): Node[] {
  if (!free) return [element('p', {}, 'The recogniser is still reading it, or could not read it.')];
  const rows = [
    readingRow('free', free),
    ...free.alternatives.map((reading) => readingRow('', reading)),
    ...constrained.slice(0, maxReadings).map((reading, index) => readingRow(index === 0 ? 'commands' : '', reading)),
  ];
  const unsure = free.words
    .filter(({ confidence }) => confidence < unsureBelow)
    .map(({ word, confidence }) => `“${word.trim()}” ${percent(confidence)}`);
  const left = constrained.length - maxReadings;
  return [
    element(
      'table',
      { class: 'readings' },
      element('caption', {}, 'The free readings, and those constrained to the commands'),
      element('thead', {}, element('tr', {}, header('Reading'), header('Text'), header('Log p per token'))),
      element('tbody', {}, ...rows),
    ),
    ...(left > 0 ? [element('p', { class: 'soft' }, `And ${left} less likely ones.`)] : []),
    element(
      'p',
      { class: 'soft' },
      `Confidence ${percent(free.confidence)}, no speech ${percent(free.no_speech)}` +
        `${unsure.length > 0 ? `; unsure of ${unsure.join(', ')}` : ''}.`,
    ),
    ...(is_speech === false ? [element('p', {}, 'This was not taken for speech.')] : []),
  ];
}

function readingRow(kind: string, { text, log_probability_per_token }: ScoredText): Node {
  return element(
    'tr',
    {},
    element('td', { class: 'soft' }, kind),
    element('td', {}, `“${text.trim()}”`),
    element('td', { class: 'number' }, log_probability_per_token.toFixed(2)),
  );
}

function header(words: string): Node {
  return element('th', { scope: 'col' }, words);
}

function meaningNodes({ understood, is_speech, outcomes }: UtteranceTrace): Node[] {
  if (!understood)
    return [element('p', {}, is_speech === true ? 'It was taken as an answer.' : 'No command was looked for.')];
  const { match, suggestion, also = [], slots, candidates, reason } = understood;
  const also_ = also.map((next) => element('p', {}, 'Then ', element('code', {}, commandWords(next))));
  return [
    ...(match
      ? [
          element(
            'p',
            {},
            element('code', {}, commandWords(match)),
            ` ${viaWords[match.via]}, score ${percent(match.score)}.`,
          ),
          ...also_,
        ]
      : [element('p', {}, reason ?? 'No command sounds like this.')]),
    ...(suggestion ? [suggestionNode(suggestion)] : []),
    ...slots
      .filter(({ alternatives }) => alternatives.length > 0)
      .map(({ name, value, confidence = 1, alternatives }) =>
        element(
          'p',
          { class: 'soft' },
          `${name}: ${String(value)} ${percent(confidence)}, or ` +
            `${alternatives.map((other) => `${String(other.value)} ${percent(other.confidence)}`).join(', ')}.`,
        ),
      ),
    ...(candidates.length === 0
      ? []
      : [
          element(
            'ul',
            { class: 'near-misses' },
            ...candidates
              .slice(0, maxReadings)
              .map(({ phrase, score, reason: why }) =>
                element(
                  'li',
                  {},
                  element('span', { class: 'phrase' }, `“${phrase}”`),
                  ` ${percent(score)}${why === '' ? '' : `: ${why}`}`,
                ),
              ),
          ),
        ]),
    ...outcomes.map(({ status, text }) =>
      element('p', { class: 'soft' }, `${outcomeWords[status]}${text === undefined ? '' : `: ${text}`}`),
    ),
  ];
}

function suggestionNode({ via, score, took_ms, ...suggestion }: NonNullable<Understanding['suggestion']>): Node {
  const took = took_ms === undefined ? '' : `, in ${Math.round(took_ms)} ms`;
  return element(
    'p',
    {},
    'Perhaps meant: ',
    element('code', {}, commandWords(suggestion)),
    ` ${viaWords[via]}, score ${percent(score)}${took}.`,
  );
}

const outcomeWords = { running: 'Running', done: 'Done', failed: 'Failed', refused: 'Not done' };

const viaWords = {
  exact: 'said exactly',
  grammar: 'by the constrained reading',
  near: 'nearly said',
  dialog: 'made whole by an answer or by the command before',
  model: 'by the language model',
};

/** Formats a command as a case file has it. */
export function commandWords({ command, args }: { command: string; args: Record<string, unknown> }): string {
  return Object.keys(args).length === 0 ? command : `${command} ${JSON.stringify(args)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
