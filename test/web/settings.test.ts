import { expect, test, vi } from 'vitest';
import { defaultSettings, parseSettings, sessionChoices, type Settings } from '../../web/settings.ts';
import { SettingsStore, type SettingsStorage } from '../../web/settings-store.ts';

const chosen: Settings = {
  microphone: 'abc',
  talk: 'push-to-talk',
  language: 'de',
  wake: 'computer',
  sensitivity: 0.75,
  chain: 'off',
  voices: true,
  speak: true,
  voice: 'urn:voice',
  sounds: true,
  theme: 'dark',
};

test('settings that were stored are read as they were', () => {
  expect(parseSettings(JSON.stringify(chosen))).toEqual(chosen);
});

test.each([null, '', 'null', '[]', '7', '"dark"', '{"theme":', '{}', '{"theme":{"a":1},"speak":"yes"}'])(
  'what is stored as %j falls back to the usual settings',
  (stored) => {
    expect(parseSettings(stored)).toEqual(defaultSettings);
  },
);

test.each([
  ['theme', 'pink'],
  ['talk', 3],
  ['language', 'English'],
  ['language', '<b>'],
  ['sensitivity', 1.5],
  ['sensitivity', '0.5'],
  ['sensitivity', null],
  ['chain', true],
  ['voices', 'yes'],
  ['microphone', 'x'.repeat(501)],
  ['wake', 'x'.repeat(61)],
  ['wake', 'x'],
  ['wake', '[kitchen]'],
  ['voice', ['a']],
  ['sounds', 1],
])('a value for %s of %j is not taken, and the others are', (name, value) => {
  const read = parseSettings(JSON.stringify({ ...chosen, [name]: value }));
  expect(read).toEqual({ ...chosen, [name]: defaultSettings[name as keyof Settings] });
});

test('a session is opened with what was chosen, and with nothing when nothing was', () => {
  expect(sessionChoices(chosen)).toEqual({
    language: 'de',
    wake: 'computer',
    sensitivity: 0.75,
    chain: false,
    diarize: true,
  });
  expect(sessionChoices(defaultSettings)).toEqual({});
});

/** Tabs of one browser: each has its own window, and all have one storage. */
function browser(kept: Record<string, string> = {}) {
  const windows: EventTarget[] = [];
  const open = () => {
    const events = new EventTarget();
    windows.push(events);
    const storage: SettingsStorage = {
      getItem: (key) => kept[key] ?? null,
      setItem: (key, value) => {
        kept[key] = value;
        for (const other of windows)
          if (other !== events) other.dispatchEvent(Object.assign(new Event('storage'), { key }));
      },
    };
    return new SettingsStore({ storage, events });
  };
  return {
    kept,
    open,
    tell: (key: string | null) =>
      windows.forEach((one) => one.dispatchEvent(Object.assign(new Event('storage'), { key }))),
  };
}

test('a change is kept for the next time', () => {
  const { open } = browser();
  open().change({ theme: 'dark' });
  expect(open().settings).toEqual({ ...defaultSettings, theme: 'dark' });
});

test('a change in one tab is seen in the others, once', () => {
  const { open } = browser();
  const [one, other] = [open(), open()];
  const seen = vi.fn();
  other.subscribe(seen);
  one.change({ speak: true });
  one.change({ speak: true });
  expect(seen.mock.calls).toEqual([[{ ...defaultSettings, speak: true }, defaultSettings]]);
  other.change({ sounds: true });
  expect(one.settings).toEqual({ ...defaultSettings, speak: true, sounds: true });
});

test('what another page stores under another name changes nothing, and clearing everything sets all back', () => {
  const { kept, open, tell } = browser();
  const tab = open();
  tab.change({ theme: 'light' });
  const seen = vi.fn();
  tab.subscribe(seen);
  tell('something.else');
  expect(seen).not.toHaveBeenCalled();
  delete kept['heed.settings'];
  tell(null);
  expect(tab.settings).toEqual(defaultSettings);
});

test('where the browser keeps nothing, settings hold until the page is closed', () => {
  const storage = {
    getItem: () => {
      throw new Error('SecurityError');
    },
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  const store = new SettingsStore({ storage, events: new EventTarget() });
  store.change({ wake: 'computer' });
  expect(store.settings.wake).toBe('computer');
  store.reset();
  expect(store.settings).toEqual(defaultSettings);
});

test('a value that cannot be stored is not taken', () => {
  const store = browser().open();
  store.change({ sensitivity: Number.NaN });
  expect(store.settings).toEqual(defaultSettings);
});
