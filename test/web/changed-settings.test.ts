import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EventBody, HeedEvent } from '../../src/events/event.ts';
import { Reopening } from '../../web/reopening.ts';
import { spokenReply } from '../../web/replies.ts';
import { defaultSettings } from '../../web/settings.ts';
import { SettingsStore } from '../../web/settings-store.ts';
import { initialState, reduce, type Action, type ViewState } from '../../web/view-state.ts';
import { noticeOf, talkWords } from '../../web/words.ts';
import { after, commands, event, spoken } from './events.ts';

const open: Action = { type: 'connection', connection: { status: 'open' } };
const question = {
  type: 'prompt',
  command: 'door',
  prompt_id: 'p',
  kind: 'confirm',
  text: 'Open the door?',
} as const;

describe('a new session for other settings', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function stage() {
    const store = new SettingsStore({
      storage: { getItem: () => null, setItem: () => undefined },
      events: new EventTarget(),
    });
    const reopen = vi.fn();
    let isOpen = false;
    const reopening = new Reopening(store, { isOpen: () => isOpen, reopen });
    return {
      store,
      reopen,
      reopening,
      sheet: (isOpenNow: boolean) => {
        isOpen = isOpenNow;
      },
    };
  }

  test('begins when the sheet is closed and the choices differ', () => {
    const { store, reopen, reopening, sheet } = stage();
    const idle = after([open]);
    sheet(true);
    store.change({ language: 'de', theme: 'dark' });
    reopening.update(idle);
    expect(reopen).not.toHaveBeenCalled();
    sheet(false);
    reopening.update(idle);
    reopening.update(idle);
    expect(reopen.mock.calls).toEqual([[{ language: 'de' }]]);
    store.change({ theme: 'light', speak: true });
    reopening.update(idle);
    expect(reopen).toHaveBeenCalledOnce();
  });

  test.each<[string, ViewState]>([
    ['is being said', after([open, spoken.started()])],
    ['is being read', after([open, spoken.started(), spoken.ended()])],
    ['is being obeyed', after([open, spoken.started(), spoken.final('Light on.'), commands.matched('light', '1')])],
    ['may be said while the space bar is held', after([open, { type: 'mode', mode: 'held' }])],
  ])('waits for what %s, but not for ever', (_, busy) => {
    const { store, reopen, reopening } = stage();
    store.change({ sensitivity: 0.8 });
    reopening.update(busy);
    expect(reopen).not.toHaveBeenCalled();
    vi.advanceTimersByTime(15_000);
    expect(reopen.mock.calls).toEqual([[{ sensitivity: 0.8 }]]);
  });

  test('does not begin when the settings are changed back meanwhile', () => {
    const { store, reopen, reopening } = stage();
    store.change({ chain: 'off' });
    reopening.update(after([open, spoken.started()]));
    store.reset();
    reopening.update(after([open, spoken.started()]));
    vi.advanceTimersByTime(60_000);
    expect(reopen).not.toHaveBeenCalled();
  });

  test('does not wait for the answer to a question', () => {
    const { store, reopen, reopening } = stage();
    store.change({ wake: 'computer' });
    reopening.update(after([open, spoken.final('Open the door.'), commands.matched('door', '1'), question]));
    expect(reopen).toHaveBeenCalledOnce();
  });

  test('closes the question and says so', () => {
    const asked = after([open, spoken.final('Open the door.'), commands.matched('door', '1'), question]);
    const closed = reduce(asked, { type: 'reopened' });
    expect(closed.prompts).toEqual([]);
    expect(closed.utterances).toMatchObject([
      { outcomes: [{ status: 'failed', text: 'The settings changed before it was done.' }] },
    ]);
    expect(closed.announcement.text).toBe('The settings changed, so this is not asked any more: Open the door?');
  });
});

test('speech that was dropped because heed spoke leaves nothing behind', () => {
  const dropped = { type: 'speech.ended', segment_id: '1', reason: 'playing', start: 1, end: 2 } as const;
  expect(after([spoken.started(), dropped])).toMatchObject({ isSpeaking: false, utterances: [] });
});

test('a fallback to the default microphone is told, and does not end listening', () => {
  const listening = after([open, { type: 'mode', mode: 'hands-free' }, { type: 'microphone', microphone: 'opening' }]);
  const told = reduce(listening, { type: 'microphone-problem', problem: 'fallback' });
  const on = reduce(told, { type: 'microphone', microphone: 'on' });
  expect(on.mode).toBe('hands-free');
  expect(noticeOf(on)).toMatchObject({ title: 'The chosen microphone is not connected', action: 'dismiss' });
  expect(noticeOf(reduce(on, { type: 'microphone', microphone: 'opening' }))).toBeUndefined();
});

test('a microphone that another tab has taken is told, and ends listening', () => {
  const listening = after([open, { type: 'mode', mode: 'hands-free' }]);
  const taken = reduce(listening, { type: 'microphone-problem', problem: 'elsewhere' });
  expect(taken.mode).toBe('off');
  expect(noticeOf(taken)).toMatchObject({ title: 'Another tab is listening now' });
});

test('the words beside Talk follow the settings', () => {
  const set = (part: object) => reduce(initialState, { type: 'settings', settings: { ...defaultSettings, ...part } });
  expect(talkWords(set({ talk: 'push-to-talk' }))).toBe('Hold Talk or the space bar while you speak');
  const on: Action[] = [open, { type: 'microphone', microphone: 'on' }, { type: 'mode', mode: 'hands-free' }];
  const started = { type: 'session.started', language: 'en', commands: [], wake: ['computer'] } as EventBody;
  const listening = reduce(on.reduce(reduce, initialState), { type: 'event', event: event(started) });
  expect(talkWords(listening)).toBe('Listening: begin with “computer”');
  const speaking = reduce(listening, { type: 'voice', isOn: true });
  expect(talkWords(speaking)).toBe('heed is speaking, and does not listen');
  expect(talkWords(reduce(speaking, { type: 'voice', isOn: false }))).toBe(talkWords(listening));
});

test('after a wake phrase alone the command needs none, and what is not meant for heed leaves nothing behind', () => {
  const happened = (body: object) => body as EventBody;
  const started = happened({ type: 'session.started', language: 'en', commands: [], wake: ['computer', 'jarvis'] });
  const state = after([open, { type: 'microphone', microphone: 'on' }, started, spoken.started()]);
  expect(state.wake).toEqual(['computer', 'jarvis']);
  const unaddressed = happened({ ...spoken.final('What a lovely day.'), addressed: false });
  const left = after([spoken.ended(), unaddressed], state);
  expect(left.utterances).toEqual([]);
  const awake = after([happened({ type: 'wake.started', phrase: 'computer', within_ms: 8_000 })], left);
  expect(talkWords(awake)).toBe('Listening: say what should happen');
  const asleep = after([happened({ type: 'wake.ended', reason: 'timeout' })], awake);
  expect(talkWords(asleep)).toBe('Listening: begin with “computer”');
});

test.each<[string, HeedEvent, string | undefined]>([
  ['a reply', event(commands.completed('light', 'Light on.')), 'Light on.'],
  ['a failure', event(commands.failed('light', 'The bulb is broken.')), 'The bulb is broken.'],
  ['a refusal', event(commands.refused('light', 'You said no.')), 'You said no.'],
  ['a question', event(question), 'Open the door?'],
  ['what was heard', event(spoken.final('Light on.')), undefined],
])('%s is spoken: %s', (_, happened, said) => {
  expect(spokenReply(happened)).toBe(said);
});
