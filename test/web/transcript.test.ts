import { describe, expect, test } from 'vitest';
import { transcriptJson, transcriptText } from '../../web/transcript-export.ts';
import { TranscriptStore } from '../../web/transcript-store.ts';
import { maxUtterances, type Utterance } from '../../web/utterances.ts';
import { initialState, reduce } from '../../web/view-state.ts';
import { after, commands, event, spoken } from './events.ts';

class FakeStorage {
  content: string | null = null;
  readonly getItem = (): string | null => this.content;
  readonly setItem = (_: string, value: string): void => {
    this.content = value;
  };
  readonly removeItem = (): void => {
    this.content = null;
  };
}

/** Returns the phrases as another page finds them after this one was left. */
function reloaded(utterances: Utterance[], storage = new FakeStorage()): Utterance[] {
  new TranscriptStore(storage).save(utterances);
  return new TranscriptStore(storage).load();
}

const done = [
  spoken.started(),
  spoken.final('Light on.'),
  commands.matched('light', '1'),
  commands.completed('light', 'The light is on.', '1'),
];

describe('a reload', () => {
  test('keeps the phrases with their outcomes, which belong to the past then', () => {
    const { utterances } = after([...done, { type: 'typed', text: 'dance' }, commands.unmatched('dance')]);
    expect(reloaded(utterances)).toMatchObject([
      { source: 'typed', text: 'dance', isPast: true, outcomes: [{ status: 'unmatched' }] },
      { source: 'spoken', text: 'Light on.', isPast: true, outcomes: [{ status: 'done', text: 'The light is on.' }] },
    ]);
  });

  test('shows as unfinished what was running, heard or not answered yet', () => {
    const { utterances } = after([
      ...done.slice(0, 3),
      { type: 'typed', text: 'help' },
      spoken.started('2'),
      spoken.partial('turn on', 'turn', '2'),
    ]);
    expect(reloaded(utterances)).toMatchObject([
      { text: 'turn on', committed: 'turn on', status: 'heard', outcomes: [{ status: 'unfinished' }] },
      { text: 'help', outcomes: [{ status: 'unfinished' }] },
      { text: 'Light on.', outcomes: [{ status: 'unfinished', command: 'light' }] },
    ]);
  });

  test('puts the old phrases below what the new page already shows, and typed ones stay apart', () => {
    const old = reloaded(after([{ type: 'typed', text: 'old' }]).utterances);
    const now = after([
      { type: 'typed', text: 'new' },
      { type: 'restored', utterances: old },
      commands.matched('help'),
    ]);
    expect(now.utterances).toMatchObject([
      { text: 'new', outcomes: [{ status: 'running' }] },
      { text: 'old', outcomes: [{ status: 'unfinished' }] },
    ]);
  });

  test('stores no more than fits, the newest first', () => {
    const storage = new FakeStorage();
    const long = 'word '.repeat(4_000);
    const many = Array.from({ length: maxUtterances }, (_, n) => spoken.final(`${n} ${long}`, String(n)));
    const kept = reloaded(after(many).utterances, storage);
    expect(storage.content!.length).toBeLessThanOrEqual(500_000);
    expect(kept.length).toBeGreaterThan(10);
    expect(kept[0]!.text).toMatch(/^199 /);
  });

  test.each(['no JSON', '{}', 'null', '[1]', '[{"text":3}]', '[{"source":"spoken","status":"heard"}]'])(
    'finds nothing in %s, which it did not write',
    (content) => {
      const storage = new FakeStorage();
      storage.content = content;
      expect(new TranscriptStore(storage).load()).toEqual([]);
    },
  );

  test('finds nothing where storage is turned off', () => {
    const fail = (): never => {
      throw new Error('Storage is turned off.');
    };
    const store = new TranscriptStore({ getItem: fail, setItem: fail, removeItem: fail });
    store.save(after(done).utterances);
    expect(store.load()).toEqual([]);
  });
});

test('phrases of an earlier session can neither be undone nor explained', () => {
  const started = (id: string) =>
    ({ type: 'event', event: event({ type: 'session.started', language: 'en', commands: [] }, id) }) as const;
  const first = after(done, reduce(initialState, started('one')));
  expect(reduce(first, started('one')).utterances[0]!.isPast).toBeUndefined();
  expect(reduce(first, started('two')).utterances[0]!.isPast).toBe(true);
});

test('clearing leaves nothing, also not for a reload', () => {
  const cleared = after([...done, { type: 'cleared' }]);
  expect(cleared.utterances).toEqual([]);
  const storage = new FakeStorage();
  reloaded(after(done).utterances, storage);
  reloaded(cleared.utterances, storage);
  expect(storage.content).toBeNull();
});

describe('an exported transcript', () => {
  const { utterances } = after([...done, { type: 'typed', text: 'dance' }, commands.unmatched('dance')]);

  test('is text for people, oldest first', () => {
    expect(transcriptText(utterances)).toMatch(
      new RegExp(
        [
          '^20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  Heard: Light on\\.',
          '    understood as: light',
          '    Done \\(light\\): The light is on\\.',
          '',
          'Typed: dance',
          '    Not understood: No command sounds like this\\.',
          '$',
        ].join('\n'),
      ),
    );
  });

  test('is JSON for programs, oldest first', () => {
    expect(JSON.parse(transcriptJson(utterances))).toMatchObject({
      utterances: [
        { source: 'spoken', text: 'Light on.', outcomes: [{ status: 'done', command: 'light' }] },
        { source: 'typed', text: 'dance', outcomes: [{ status: 'unmatched', near: [{ command: 'brightness' }] }] },
      ],
    });
  });
});
