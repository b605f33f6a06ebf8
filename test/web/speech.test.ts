import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chooseVoice, Speaker, voicesFor, type Voice } from '../../web/speech.ts';
import { Playing } from '../../web/playing.ts';

class FakeUtterance {
  readonly text: string;
  voice: Voice | null = null;
  lang = '';
  onend: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(text: string) {
    this.text = text;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('SpeechSynthesisUtterance', FakeUtterance);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const voice = (lang: string, name: string, part: Partial<Voice> = {}): Voice => ({
  lang,
  name,
  voiceURI: name,
  localService: true,
  default: false,
  ...part,
});

const voices = [
  voice('en-US', 'Far away', { localService: false, default: true }),
  voice('de-DE', 'Anna'),
  voice('en_GB', 'Kate'),
  voice('en-US', 'Sam', { default: true }),
];

function stage({ alone = (work: () => Promise<void>) => work(), available = voices } = {}) {
  const said: FakeUtterance[] = [];
  const log: string[] = [];
  const speaker = new Speaker({
    synthesis: {
      speak: (utterance) => {
        said.push(utterance as unknown as FakeUtterance);
        log.push(`speak ${utterance.text}`);
      },
      cancel: () => void log.push('cancel'),
      getVoices: () => available,
    },
    alone,
    onVoice: (isSpeaking, isHeld) => void log.push(isSpeaking ? 'begin' : isHeld ? 'end held' : 'end'),
  });
  return { speaker, said, log };
}

const english = { language: 'en', voice: '' };
/** Lets everything happen that is ready to happen. */
const settled = () => vi.advanceTimersByTimeAsync(0);

test('replies are spoken one after the other, and the server is told before and after', async () => {
  const { speaker, said, log } = stage();
  speaker.say('One.', english);
  speaker.say('Two.', english);
  await settled();
  expect(log).toEqual(['begin', 'speak One.']);
  said[0]!.onend!();
  await settled();
  said[1]!.onerror!();
  await settled();
  expect(log).toEqual(['begin', 'speak One.', 'end', 'begin', 'speak Two.', 'end']);
  expect(said[0]!.voice).toMatchObject({ name: 'Sam' });
});

test('nothing is begun while the person speaks', async () => {
  const { speaker, log } = stage();
  speaker.block(true);
  speaker.say('One.', english);
  await settled();
  expect(log).toEqual([]);
  speaker.block(false);
  await settled();
  expect(log).toEqual(['begin', 'speak One.']);
});

test('push-to-talk ends the voice at once, and what waits is not said', async () => {
  const { speaker, log } = stage();
  speaker.say('One.', english);
  speaker.say('Two.', english);
  await settled();
  speaker.interrupt(true);
  await settled();
  expect(log).toEqual(['begin', 'speak One.', 'cancel', 'end held']);
  speaker.interrupt(true);
  expect(log).toHaveLength(4);
});

test('a voice that never says that it is over is ended', async () => {
  const { speaker, log } = stage();
  speaker.say('One.', english);
  await settled();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(log).toEqual(['begin', 'speak One.', 'cancel', 'end']);
});

test('while many replies wait, only the newest are said', async () => {
  const { speaker, said } = stage();
  for (const text of ['1', '2', '3', '4', '5', '6', '7']) speaker.say(text, english);
  for (let at = 0; at < 5; at++) {
    await settled();
    said[at]?.onend?.();
  }
  expect(said.map(({ text }) => text)).toEqual(['4', '5', '6', '7']);
});

test('a reply that had to wait for long is not said any more', async () => {
  const { speaker, log } = stage();
  speaker.block(true);
  speaker.say('One.', english);
  await vi.advanceTimersByTimeAsync(15_000);
  speaker.say('Two.', english);
  speaker.block(false);
  await settled();
  expect(log).toEqual(['begin', 'speak Two.']);
});

test('a reply waits until the other tab has finished, and then until the person has', async () => {
  let free = (): void => undefined;
  const other = new Promise<void>((resolve) => {
    free = resolve;
  });
  const { speaker, log } = stage({ alone: (work) => other.then(work) });
  speaker.say('One.', english);
  await settled();
  speaker.block(true);
  free();
  await settled();
  expect(log).toEqual([]);
  speaker.block(false);
  await settled();
  expect(log).toEqual(['begin', 'speak One.']);
});

test('without a voice of this machine nothing is said, and the server is told nothing', async () => {
  const { speaker, log } = stage({ available: voices.slice(0, 2) });
  speaker.say('One.', english);
  await settled();
  expect(log).toEqual([]);
});

test.each([
  ['en', '', 'Sam'],
  ['en', 'Kate', 'Kate'],
  ['en', 'Far away', 'Sam'],
  ['de', 'Kate', 'Anna'],
  ['fr', '', undefined],
])('for %s with the wish %j the voice is %s', (language, wish, name) => {
  expect(chooseVoice(voices, { language, voice: wish })?.name).toBe(name);
});

test('only voices of this machine are offered', () => {
  expect(voicesFor(voices, 'en').map(({ name }) => name)).toEqual(['Kate', 'Sam']);
});

test('the server is told of the first sound that begins and of the last that ends', () => {
  const told: [boolean, boolean][] = [];
  const playing = new Playing((...now) => told.push(now));
  playing.hold();
  expect(told).toEqual([]);
  playing.begin('voice');
  playing.begin('other-tab');
  playing.end('voice', true);
  playing.end('other-tab');
  playing.end('other-tab');
  playing.hold();
  expect(told).toEqual([
    [true, false],
    [false, false],
    [false, true],
  ]);
});
