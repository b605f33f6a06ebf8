import type { EventBody } from '../../src/events/event.ts';

const segment = {
  segment_id: 'seg-1',
  start: 0.5,
  end: 1.9,
  duration: 1.4,
  text: 'Lights on',
  confidence: 0.9,
  language: 'en',
  words: [
    { word: 'Lights', start: 0.6, end: 1.1, confidence: 0.9 },
    { word: 'on', start: 1.2, end: 1.6, confidence: 0.9 },
  ],
};
const command = { segment_id: 'seg-1', command: 'lights', args: { on: true } };
const candidates = [{ command: 'blinds', phrase: 'blinds up', score: 0.3, reason: '"up" is missing' }];

const planned = { planned_id: 'c-1', phrase: 'lights on', due: '2026-11-29T17:40:00.000Z' };

/** One body of every type of event. */
export const bodies: EventBody[] = [
  { type: 'session.started', language: 'en', commands: ['lights'] },
  { type: 'commands.changed', commands: ['lights'], problems: [] },
  { type: 'speech.started', segment_id: 'seg-1', start: 0.5 },
  { type: 'speech.ended', segment_id: 'seg-1', start: 0.5, end: 1.9, reason: 'silence' },
  { type: 'segment.partial', ...segment, is_final: false, speech_final: false, committed: 'Lights' },
  {
    type: 'segment.final',
    ...segment,
    is_final: true,
    speech_final: true,
    no_speech: 0.01,
    timing: { inference: 120 },
  },
  { type: 'wake.started', segment_id: 'seg-1', phrase: 'computer', within_ms: 8_000 },
  { type: 'wake.ended', reason: 'timeout' },
  { type: 'speakers', present: ['speaker1', 'speaker2'], joined: ['speaker2'], left: [] },
  { type: 'speaker.changed', segment_id: 'g1', speaker: { id: 'speaker2', score: 0.8 }, was: 'speaker1' },
  { type: 'command.matched', ...command, phrase: 'lights on', score: 0.95, via: 'exact', candidates },
  { type: 'command.planned', ...command, ...planned, is_kept: true, say: 'Lights on at 18:40.' },
  { type: 'command.cancelled', ...command, ...planned },
  { type: 'command.missed', ...command, ...planned, reason: 'It was due 90 s before.' },
  {
    type: 'command.completed',
    ...command,
    say: 'The lights are on.',
    can_undo: true,
    duration_ms: 3,
    timing: { run: 3 },
  },
  { type: 'command.failed', ...command, code: 'timeout', message: 'It took too long.', duration_ms: 10_000 },
  { type: 'command.refused', ...command, reason: 'Not confirmed.' },
  { type: 'command.unmatched', text: 'Hello', reason: 'No command sounds like this.', candidates },
  { type: 'prompt', command: 'lights', prompt_id: 'p-1', kind: 'confirm', text: 'All lights?' },
  { type: 'state', topic: 'house', value: { lights: { kitchen: 50 } } },
  { type: 'error', code: 'busy', message: 'Too much is waiting.' },
  { type: 'session.ended', reason: 'closed' },
];
