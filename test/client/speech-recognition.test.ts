import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { install } from '../../client/install-speech-recognition.ts';
import { Microphone, MicrophoneError, type MicrophoneProblem } from '../../client/microphone.ts';
import { HeedSpeechRecognition } from '../../client/speech-recognition.ts';
import type { RecognitionEvents, RecognitionResultEvent } from '../../client/speech-events.ts';
import { event, spoken } from '../web/events.ts';
import { FakeSocket } from './fake-socket.ts';

const names = [
  ...['start', 'audiostart', 'soundstart', 'speechstart', 'speechend', 'soundend', 'audioend'],
  ...['result', 'nomatch', 'error', 'end'],
] as (keyof RecognitionEvents)[];

let problem: MicrophoneProblem | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  problem = undefined;
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.spyOn(Microphone.prototype, 'open').mockImplementation(async () => {
    if (problem) throw new MicrophoneError(problem);
    return true;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A recognition, and what it has told: names of events, with what results and errors say. */
function create(attributes: Partial<HeedSpeechRecognition> = {}): {
  recognition: HeedSpeechRecognition;
  told: string[];
} {
  const recognition = new HeedSpeechRecognition({ url: 'http://127.0.0.1:4333/?token=secret' });
  Object.assign(recognition, attributes);
  const told: string[] = [];
  for (const name of names)
    recognition.addEventListener(name, (happened) => {
      if ('error' in happened) told.push(`error ${happened.error}`);
      else if (name === 'result') told.push(`result ${shown(happened as RecognitionResultEvent)}`);
      else told.push(name);
    });
  return { recognition, told };
}

/** Writes results as "first. second?", where "?" may still change, and where the new part begins. */
function shown({ results, resultIndex }: RecognitionResultEvent): string {
  const texts = results.map((result) => `${result.item(0)!.transcript}${result.isFinal ? '.' : '?'}`);
  return `${resultIndex}: ${texts.join(' ')}`;
}

/** Starts a recognition whose server and microphone are ready. */
async function start(recognition: HeedSpeechRecognition): Promise<void> {
  recognition.start();
  await vi.advanceTimersByTimeAsync(0);
  FakeSocket.last.start();
}

function hear(...happened: Parameters<typeof event>[0][]): void {
  for (const body of happened) FakeSocket.last.receive(event(body));
}

async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1);
}

test('one phrase is heard with the events of the specification, in its order', async () => {
  const { recognition, told } = create();
  await start(recognition);
  hear(spoken.started(), spoken.partial('Turn on'), spoken.ended(), spoken.final('Turn on the lamp.'));
  await settled();
  expect(told).toEqual([
    ...['start', 'audiostart', 'soundstart', 'speechstart', 'speechend', 'soundend', 'audioend'],
    ...['result 0: Turn on the lamp.', 'end'],
  ]);
});

test('its session has no active command, and the language of the recognition', async () => {
  const { recognition } = create({ lang: 'de-DE' });
  await start(recognition);
  expect(FakeSocket.last.messages[0]).toMatchObject({ active: [], language: 'de', token: 'secret' });
});

test('interim results come before every final one, even if the server sent none', async () => {
  const { recognition, told } = create({ continuous: true, interimResults: true });
  await start(recognition);
  hear(
    spoken.started('1'),
    spoken.partial('Turn', '', '1'),
    spoken.partial('Turn on', '', '1'),
    spoken.ended('silence', '1'),
  );
  hear(spoken.started('2'), spoken.partial('the', '', '2'), spoken.final('Turn on, please.', '1'));
  hear(spoken.ended('silence', '2'), spoken.final('The lamp!', '2'));
  expect(told.filter((name) => name.startsWith('result'))).toEqual([
    ...['result 0: Turn?', 'result 0: Turn on?', 'result 0: Turn on please.'],
    ...['result 1: Turn on please. The lamp?', 'result 1: Turn on please. The lamp.'],
  ]);
  expect(told).not.toContain('end');
});

test('the punctuation of the transcript is kept on request', async () => {
  const recognition = new HeedSpeechRecognition({ url: 'http://127.0.0.1', punctuation: true });
  const told: string[] = [];
  recognition.onresult = (result) => told.push(shown(result));
  await start(recognition);
  hear(spoken.started(), spoken.ended(), spoken.final('It is 3.5, “or so”?'));
  expect(told).toEqual(['0: It is 3.5, “or so”?.']);
});

test('a phrase that was cut at the maximum length is one result', async () => {
  const { recognition, told } = create();
  await start(recognition);
  hear(spoken.started('1'), { ...spoken.ended('silence', '1'), reason: 'max-length' } as never);
  hear(spoken.started('2'), { ...spoken.final('And so on', '1'), speech_final: false } as never);
  hear(spoken.ended('silence', '2'), spoken.final('and on.', '2'));
  await settled();
  expect(told.filter((name) => name.startsWith('result'))).toEqual(['result 0: And so on and on.']);
});

test('a sound without words is no match', async () => {
  const { recognition, told } = create();
  await start(recognition);
  hear(spoken.started('1'), spoken.ended('misfire', '1'));
  hear(spoken.started('2'), spoken.ended('silence', '2'), spoken.final('', '2'));
  await settled();
  expect(told.slice(2)).toEqual([
    ...['soundstart', 'speechstart', 'speechend', 'soundend', 'soundstart', 'speechstart', 'speechend', 'soundend'],
    ...['audioend', 'nomatch', 'end'],
  ]);
});

test('stop() gives the result of what was said before, then ends', async () => {
  const { recognition, told } = create({ continuous: true });
  await start(recognition);
  hear(spoken.started());
  recognition.stop();
  await settled();
  expect(FakeSocket.last.messages.at(-1)).toEqual({ type: 'end' });
  hear(spoken.ended(), spoken.final('Stop here'), { type: 'session.ended', reason: 'ended' });
  await settled();
  expect(told.slice(2)).toEqual([
    ...['soundstart', 'speechstart', 'speechend', 'soundend', 'audioend', 'result 0: Stop here.', 'end'],
  ]);
});

test('abort() drops what was said, after it has returned', async () => {
  const { recognition, told } = create();
  await start(recognition);
  hear(spoken.started());
  recognition.abort();
  expect(told.at(-1)).toBe('speechstart');
  expect(() => recognition.start()).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
  await settled();
  expect(told.slice(4)).toEqual(['speechend', 'soundend', 'audioend', 'error aborted', 'end']);
  expect(FakeSocket.last.isClosed).toBe(true);
});

test('it can be started again when it has ended, also from there', async () => {
  const { recognition, told } = create();
  recognition.addEventListener('end', () => recognition.start(), { once: true });
  await start(recognition);
  expect(() => recognition.start()).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
  hear(spoken.started(), spoken.ended(), spoken.final('One'));
  await settled();
  FakeSocket.last.start();
  hear(spoken.started(), spoken.ended(), spoken.final('Two'));
  await settled();
  expect(told.filter((name) => name.startsWith('result'))).toEqual(['result 0: One.', 'result 0: Two.']);
  expect(told.at(-1)).toBe('end');
});

describe('an error has the name of the specification', () => {
  test.each([
    ['refused', 'not-allowed'],
    ['insecure', 'not-allowed'],
    ['missing', 'audio-capture'],
    ['in-use', 'audio-capture'],
  ] as const)('when the microphone is %s: %s', async (why, name) => {
    problem = why;
    const { recognition, told } = create();
    recognition.start();
    await settled();
    expect(told).toEqual([`error ${name}`, 'end']);
  });

  test.each([
    [4401, 'service-not-allowed'],
    [4503, 'network'],
    [1006, 'network'],
  ])('when the connection is closed with %i: %s', async (code, name) => {
    const { recognition, told } = create();
    recognition.start();
    FakeSocket.last.onclose!({ code });
    await settled();
    await vi.runAllTimersAsync();
    expect(told).toEqual([`error ${name}`, 'end']);
    expect(FakeSocket.all).toHaveLength(1);
  });

  test('when nothing is said', async () => {
    const { recognition, told } = create();
    await start(recognition);
    await vi.advanceTimersByTimeAsync(8_000);
    await settled();
    expect(told).toEqual(['start', 'audiostart', 'audioend', 'error no-speech', 'end']);
  });

  test('when the language is none, or a segment cannot be read', async () => {
    const first = create({ lang: 'Klingon!' });
    first.recognition.start();
    await settled();
    expect(first.told).toEqual(['error language-not-supported', 'end']);
    const second = create();
    await start(second.recognition);
    hear(spoken.started(), spoken.ended(), { type: 'error', code: 'busy', message: 'Too much.', segment_id: '1' });
    await settled();
    expect(second.told.slice(-2)).toEqual(['error network', 'end']);
  });
});

test('it takes the place of the browser’s own class, and gives it back', () => {
  class Native {}
  vi.stubGlobal('SpeechRecognition', Native);
  const putBack = install({ url: 'http://127.0.0.1' });
  const scope = globalThis as unknown as Record<string, new () => object>;
  expect(new scope['SpeechRecognition']!()).toBeInstanceOf(HeedSpeechRecognition);
  expect(scope['webkitSpeechRecognition']).toBe(scope['SpeechRecognition']);
  putBack();
  expect(scope['SpeechRecognition']).toBe(Native);
  expect('webkitSpeechRecognition' in scope).toBe(false);
});

test('a connection that breaks ends nothing while the server keeps the session', async () => {
  const { recognition, told } = create();
  recognition.start();
  await settled();
  FakeSocket.last.onopen!();
  FakeSocket.last.receive({ type: 'resumable', session_id: 'session', resume_token: 'token', resume_ms: 30_000 });
  hear({ type: 'session.started', language: 'en', commands: [] });
  hear(spoken.started());
  FakeSocket.last.onclose!({ code: 1006 });
  await vi.advanceTimersByTimeAsync(1_000);
  FakeSocket.last.onopen!();
  FakeSocket.last.receive({ type: 'resumed', session_id: 'session', audio: 0, messages: 0 });
  hear(spoken.ended(), spoken.final('Here I am'));
  await settled();
  expect(told.slice(-4)).toEqual(['soundend', 'audioend', 'result 0: Here I am.', 'end']);
});

test('sound that the server hears after the end of the sound is not announced', async () => {
  const { recognition, told } = create();
  await start(recognition);
  hear(spoken.started('1'), spoken.ended('silence', '1'), spoken.started('2'), spoken.final('One', '1'));
  await settled();
  expect(told.slice(-3)).toEqual(['audioend', 'result 0: One.', 'end']);
});
