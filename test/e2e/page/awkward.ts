/** Texts that fit no narrow card: endless words, right-to-left and Chinese writing. */
import type { EventBody } from '../../../src/events/event.ts';
import type { UtteranceTrace } from '../../../src/trace/utterance-trace.ts';
import type { Script } from '../scripted-page.ts';

export const endless = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkundenmappe';
export const arabic = 'افتح الستائر في غرفة المعيشة ثم أطفئ كل الأضواء في المطبخ والحديقة';
export const chinese = '请把客厅里所有的灯都打开然后把窗帘拉上再播放一首安静的音乐谢谢你帮我做这些事情';
const address = `https://example.org/${'a'.repeat(120)}`;

const texts = [endless, arabic, chinese, address];

const candidates = texts.map((phrase, n) => ({
  command: `command-${n}`,
  phrase,
  score: 0.9 - n / 10,
  reason: `“${endless}” is no ${phrase}`,
}));

export const awkwardCommands: Script['commands'] = [
  ...texts.map((text, n) => ({
    name: `command-${n}`,
    description: `${text}.`,
    contexts: n === 0 ? [endless, arabic] : [],
    phrases: [text],
    examples: [text, `${text} ${text}`],
  })),
  ...Array.from({ length: 5 }, (_, n) => ({ name: `${endless}-${n}`, phrases: [endless] })),
];

const at = { start: 1, end: 2 };
const heard = { ...at, duration: 1, confidence: 0.9, language: 'en', words: [] };

function said(id: string, text: string): EventBody[] {
  return [
    { type: 'speech.started', segment_id: id, start: 1 },
    { type: 'segment.final', segment_id: id, ...heard, text, is_final: true, speech_final: true, no_speech: 0 },
  ];
}

const matched = (id: string, command: string, phrase: string): EventBody => ({
  type: 'command.matched',
  segment_id: id,
  command,
  args: {},
  phrase,
  score: 1,
  via: 'exact',
  candidates: [],
});

/** What happens on the page, and what then shows there, by the name of the state that it leads to. */
export const awkwardStates: Record<string, { shown: string; events: EventBody[] }> = {
  'a question with an endless word': {
    shown: '.prompt input',
    events: [{ type: 'prompt', command: 'a', prompt_id: 'p1', kind: 'ask', text: `Which ${endless}, ${arabic}?` }],
  },
  'a question for a yes': {
    shown: '.prompt .answers',
    events: [{ type: 'prompt', command: 'b', prompt_id: 'p2', kind: 'confirm', text: `${chinese} ${endless}?` }],
  },
  'a question with long answers to choose from': {
    shown: '.prompt .answers',
    events: [
      {
        type: 'prompt',
        command: 'a',
        prompt_id: 'p3',
        kind: 'ask',
        text: `${arabic}?`,
        options: [endless, chinese, ...Array.from({ length: 6 }, (_, index) => `The lights of room ${index}`)],
      },
    ],
  },
  'a question for a PIN': {
    shown: '.prompt input',
    events: [{ type: 'prompt', command: 'b', prompt_id: 'p4', kind: 'confirm', text: `${endless}?`, pin: 'required' }],
  },
  'near misses': {
    shown: '.candidates',
    events: [
      ...said('1', `${arabic} ${endless}`),
      { type: 'command.unmatched', segment_id: '1', text: endless, reason: `No command has “${endless}”.`, candidates },
    ],
  },
  'a long answer that can be undone': {
    shown: '.outcome.done',
    events: [
      ...said('2', chinese),
      matched('2', 'command-2', endless),
      { type: 'prompt', command: 'command-2', prompt_id: 'p3', kind: 'say', text: `${address} ${arabic}` },
      {
        type: 'command.completed',
        segment_id: '2',
        command: 'command-2',
        args: {},
        say: `${endless} `.repeat(6),
        can_undo: true,
        duration_ms: 1,
      },
    ],
  },
  'a failure': {
    shown: '.outcome.failed',
    events: [
      ...said('3', arabic),
      matched('3', 'command-1', arabic),
      {
        type: 'command.failed',
        segment_id: '3',
        command: 'command-1',
        args: {},
        code: 'internal',
        message: `${address} ${endless}`,
        duration_ms: 1,
      },
    ],
  },
  'an error of the session': {
    shown: '.notice',
    events: [{ type: 'error', code: 'internal', message: `${endless} ${address}` }],
  },
  'words that are being spoken': {
    shown: '.utterance.hearing',
    events: [
      { type: 'speech.started', segment_id: '4', start: 1 },
      {
        type: 'segment.partial',
        segment_id: '4',
        ...heard,
        text: `${endless} ${chinese}`,
        committed: endless,
        is_final: false,
        speech_final: false,
      },
    ],
  },
  'the state of other commands': {
    shown: '.topic .depth-3',
    events: [
      { type: 'state', topic: endless, value: texts },
      {
        type: 'state',
        topic: 'nested',
        value: { [endless]: { [endless]: { [arabic]: { [endless]: { deep: texts } } } } },
      },
      { type: 'state', topic: arabic, value: true },
      { type: 'state', topic: 'number', value: 123456789.123 },
      { type: 'state', topic: 'text', value: `${endless} `.repeat(10) },
      { type: 'state', topic: 'orders', value: texts.map((drink) => ({ drink, at: '2030-01-01T10:00:00.000Z' })) },
    ],
  },
  'problems of command files': {
    shown: '.problems li',
    events: [{ type: 'commands.changed', commands: [], problems: [`${address}: ${endless}`] }],
  },
};

const reading = (text: string) => ({ text, log_probability: -3.5, log_probability_per_token: -0.351, tokens: 10 });

/** How an awkward phrase came about. */
export const awkwardTrace: UtteranceTrace = {
  id: '1',
  session_id: 'scripted',
  time: '2030-01-01T10:00:00.000Z',
  start: 1,
  end: 2,
  language: 'en',
  contexts: [],
  vad: {
    start: 0.8,
    frame_ms: 32,
    probabilities: Array.from({ length: 60 }, () => 0.8),
    levels: Array.from({ length: 60 }, () => 0.1),
    positive_threshold: 0.6,
    negative_threshold: 0.45,
  },
  early: [{ at: 1.8, text: `${endless} ${chinese}`, wait_ms: 384, because: arabic }],
  endpoint: { reason: 'complete', because: endless },
  free: {
    ...reading(`${arabic} ${endless}`),
    confidence: 0.5,
    no_speech: 0.1,
    words: texts.map((word) => ({ word, confidence: 0.3 })),
    alternatives: texts.map(reading),
  },
  constrained: texts.map(reading),
  is_speech: true,
  understood: {
    completeness: 'closed',
    match: { command: endless, args: { [endless]: texts }, score: 0.9, via: 'grammar', phrase: endless },
    slots: [
      {
        name: endless,
        words: endless,
        value: endless,
        confidence: 0.6,
        alternatives: [{ words: arabic, value: arabic, confidence: 0.4 }],
      },
    ],
    candidates,
  },
  outcomes: [{ command: endless, status: 'done', text: endless }],
  waterfall: [
    { step: 'speech-end', at_ms: 0 },
    { step: 'reading-ready', at_ms: 150 },
    { step: 'handler', at_ms: 260 },
    { step: 'done', at_ms: 300 },
  ],
  timing: {},
};
