import { expect, test } from 'vitest';
import { noticeOf, promiseWords, talkWords } from '../../web/words.ts';
import { after, spoken, type Happening } from './events.ts';

const started: Happening = { type: 'session.started', language: 'en', commands: [] };
const open: Happening = { type: 'connection', connection: { status: 'open' } };
const waiting = (code: string, message = ''): Happening => ({
  type: 'connection',
  connection: { status: 'waiting', code, message, retryInMs: 1 },
});
const refused = (code: string, message = ''): Happening => ({
  type: 'connection',
  connection: { status: 'refused', code, message },
});
const problem = (name: 'refused' | 'missing' | 'in-use' | 'insecure' | 'lost' | 'failed'): Happening => ({
  type: 'microphone-problem',
  problem: name,
});

const kept: Happening = {
  type: 'connection',
  connection: { status: 'waiting', code: 'lost', message: '', retryInMs: 1, isKept: true },
};
const lost = (audioMs: number, messages = 0): Happening => ({
  type: 'loss',
  loss: { audioMs, messages, reason: 'not-resumable', message: 'It is gone.' },
});

const sessionError: Happening = { type: 'error', code: 'busy', message: 'Too much work waits.' };

test.each([
  ['a refused permission', problem('refused'), 'Microphone permission was refused', /address bar/],
  ['no microphone', problem('missing'), 'No microphone was found', /Plug one in/],
  ['a microphone in use', problem('in-use'), 'The microphone is in use', /Another program/],
  ['an insecure address', problem('insecure'), 'The microphone cannot be used at this address', /127\.0\.0\.1/],
  ['an unplugged microphone', problem('lost'), 'The microphone was disconnected', /Plug it in/],
  ['a microphone that fails', problem('failed'), 'The microphone did not start', /sound settings/],
  ['a lost connection', waiting('lost'), 'The connection was lost', /reconnects by itself/],
  ['a connection that is down for a moment', kept, 'The line is down', /is kept, and sent/],
  ['lost words', lost(2_600), '3 s of what you said were lost while the line was down', /^It is gone\. Please say it/],
  ['a lost typed phrase', lost(0, 1), 'What you typed last may be lost', /again/],
  [
    'a server that fails',
    waiting('lost', 'The model is damaged.'),
    'The server ended the connection',
    /^The model is damaged\. This page tries again/,
  ],
  ['a busy server', waiting('busy'), 'The server is busy', /tries again by itself/],
  ['a full server', waiting('too-many'), 'The server is busy', /tries again by itself/],
  ['a wrong token', refused('unauthorized'), 'This address is no longer valid', /Open the address/],
  [
    'a message that does not fit',
    refused('bad-message', 'No such type.'),
    'The server ended the connection',
    /No such type/,
  ],
  ['an error', sessionError, 'Something went wrong', /Too much work/],
])('%s has its own words', (_, happening, title, help) => {
  expect(noticeOf(after([started, open, happening]))).toMatchObject({ title, help: expect.stringMatching(help) });
});

test('a page that was opened without a server says that heed cannot be reached', () => {
  expect(noticeOf(after([waiting('lost')]))).toMatchObject({ title: 'heed cannot be reached', action: 'retry' });
});

test('when all is well there is no notice', () => {
  expect(noticeOf(after([open]))).toBeUndefined();
  expect(noticeOf(after([open, problem('missing'), { type: 'dismiss' }]))).toBeUndefined();
});

test.each([
  ['nothing is on', [], /Press Talk/],
  ['the browser asks', [{ type: 'microphone', microphone: 'opening' }], /Opening/],
  [
    'it listens',
    [
      { type: 'microphone', microphone: 'on' },
      { type: 'mode', mode: 'hands-free' },
    ],
    /^Listening: say/,
  ],
  [
    'the bar is held',
    [
      { type: 'microphone', microphone: 'on' },
      { type: 'mode', mode: 'held' },
    ],
    /let go/,
  ],
  ['somebody speaks', [{ type: 'microphone', microphone: 'on' }, spoken.started()], /Hearing you/],
  ['what was said is read', [spoken.started(), spoken.ended()], /Reading/],
  ['the connection is away', [{ type: 'microphone', microphone: 'on' }, waiting('lost')], /Waiting/],
] satisfies [string, Happening[], RegExp][])('the line beside the button fits when %s', (_, happenings, words) => {
  expect(talkWords(after([open, ...happenings]))).toMatch(words);
});

test.each([
  ['127.0.0.1', 'Audio never leaves this machine'],
  ['localhost', 'Audio never leaves this machine'],
  ['[::1]', 'Audio never leaves this machine'],
  ['box.example', 'Audio goes to box.example and no further'],
  ['127.example.org', 'Audio goes to 127.example.org and no further'],
])('at %s the page promises: %s', (host, words) => {
  expect(promiseWords(host)).toBe(words);
});

test('a moment of sound that was hardly a word is not mourned', () => {
  expect(noticeOf(after([open, lost(400)]))).toBeUndefined();
});
