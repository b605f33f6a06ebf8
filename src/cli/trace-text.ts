import { samplesToMs, frameSamples } from '../types.ts';
import type { EarlyReading, ScoredText, Step, UtteranceTrace } from '../trace/index.ts';

/** The most columns that the picture of the probabilities may have. */
const maxWidth = 96;
/** The most constrained readings that are shown. */
const maxReadings = 5;
const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

const stepWords: Record<Step['step'], string> = {
  'speech-end': 'end of speech',
  'reading-started': 'reading began',
  'reading-ready': 'text ready',
  endpoint: 'endpoint',
  handler: 'to the handler',
  done: 'handler done',
};

/** Describes how an utterance was cut, read and understood, for a terminal. */
export function traceText(trace: UtteranceTrace): string {
  const { start, end, free, constrained, is_speech, endpoint } = trace;
  return [
    `${start.toFixed(2)}–${end.toFixed(2)} s  “${free?.text ?? ''}”`,
    ...vadLines(trace),
    ...trace.early.map((reading, index) => row(index === 0 ? 'early' : '', earlyText(reading))),
    row('endpoint', [endpoint.reason, endpoint.because].filter((part) => part !== '').join(': ')),
    ...(free
      ? [
          row('free', scored(free)),
          row('', `confidence ${free.confidence.toFixed(2)}, no speech ${free.no_speech.toFixed(2)}`),
        ]
      : [row('free', 'not read')]),
    ...(free?.alternatives.map((other) => row('', scored(other))) ?? []),
    ...(constrained
      ?.slice(0, maxReadings)
      .map((reading, index) => row(index === 0 ? 'grammar' : '', scored(reading))) ?? []),
    ...(constrained && constrained.length > maxReadings
      ? [row('', `and ${constrained.length - maxReadings} less likely ones (--json shows all)`)]
      : []),
    ...(constrained?.length === 0 ? [row('grammar', 'no command fits the sound')] : []),
    ...(is_speech === false ? [row('match', 'none: no speech was recognised')] : matchLines(trace)),
    ...waterfallLines(trace),
  ].join('\n');
}

function earlyText({ at, text, completeness, wait_ms, because }: EarlyReading): string {
  const place = `${at.toFixed(2)} s`;
  if (text === undefined) return `${place}  not read: speech went on, or the recogniser was busy`;
  return `${place}  “${text}”${completeness === undefined ? '' : `  ${completeness}, wait ${wait_ms} ms: ${because}`}`;
}

function vadLines({
  vad: { start, probabilities, positive_threshold, negative_threshold },
  end,
  early,
}: UtteranceTrace): string[] {
  const frameS = samplesToMs(frameSamples) / 1000;
  const framesPerColumn = Math.max(1, Math.ceil(probabilities.length / maxWidth));
  const columns = Array.from({ length: Math.ceil(probabilities.length / framesPerColumn) }, (_, column) => {
    const from = column * framesPerColumn;
    const highest = Math.max(...probabilities.slice(from, from + framesPerColumn));
    const isIn = (seconds: number): boolean =>
      Math.floor((seconds - start) / frameS / framesPerColumn - 1e-6) === column;
    const mark = isIn(end)
      ? '|'
      : early.some(({ at }) => isIn(at))
        ? '^'
        : highest >= positive_threshold
          ? '='
          : highest >= negative_threshold
            ? '-'
            : ' ';
    return { bar: bars[Math.min(bars.length - 1, Math.floor(highest * bars.length))]!, mark };
  });
  return [
    row('speech', columns.map(({ bar }) => bar).join('')),
    row(
      '',
      columns
        .map(({ mark }) => mark)
        .join('')
        .trimEnd(),
    ),
    row(
      '',
      `from ${start.toFixed(2)} s, ${framesPerColumn * samplesToMs(frameSamples)} ms a column; ` +
        '= speech  ^ read early  | end',
    ),
  ];
}

function matchLines({ understood }: UtteranceTrace): string[] {
  if (!understood) return [];
  const { match, suggestion, also = [], slots, candidates, reason } = understood;
  return [
    match
      ? row('match', `${match.command} ${JSON.stringify(match.args)}  ${match.via}, score ${match.score.toFixed(2)}`)
      : row('match', `none: ${reason ?? 'no command sounds like this'}`),
    ...(suggestion
      ? [
          row(
            'perhaps',
            `${suggestion.command} ${JSON.stringify(suggestion.args)}  ${suggestion.via}, ` +
              `score ${suggestion.score.toFixed(2)}` +
              (suggestion.took_ms === undefined ? '' : `, in ${Math.round(suggestion.took_ms)} ms`),
          ),
        ]
      : []),
    ...also.map(({ command, args }) => row('', `then ${command} ${JSON.stringify(args)}`)),
    ...slots
      .filter(({ alternatives }) => alternatives.length > 0)
      .map(({ name, value, confidence = 1, alternatives }) =>
        row(
          '',
          `${name}: ${[{ value, confidence }, ...alternatives]
            .map((choice) => `${String(choice.value)} ${percent(choice.confidence)}`)
            .join(', ')}`,
        ),
      ),
    ...candidates.map(({ command, phrase, score, reason: why }, index) =>
      row(
        index === 0 ? 'near' : '',
        `${command} “${phrase}”  score ${score.toFixed(2)}${why === '' ? '' : `: ${why}`}`,
      ),
    ),
  ];
}

function waterfallLines({ waterfall }: UtteranceTrace): string[] {
  const lastMs = Math.max(1, ...waterfall.map(({ at_ms }) => at_ms));
  return waterfall.map(({ step, at_ms }, index) => {
    const bar = '▪'.repeat(Math.max(0, Math.round((at_ms / lastMs) * 40)));
    return row(
      index === 0 ? 'latency' : '',
      `${stepWords[step].padEnd(15)}${`${Math.round(at_ms)} ms`.padStart(8)}  ${bar}`.trimEnd(),
    );
  });
}

function scored({ text, log_probability, log_probability_per_token, tokens }: ScoredText): string {
  return (
    `“${text}”  log-probability ${log_probability.toFixed(2)}, ` +
    `${log_probability_per_token.toFixed(2)} a token (${tokens})`
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function row(label: string, text: string): string {
  return `  ${label.padEnd(10)}${text}`.trimEnd();
}
