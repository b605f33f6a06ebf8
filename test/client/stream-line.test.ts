import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Connection } from '../../client/connection.ts';
import { HeedClient } from '../../client/heed-client.ts';
import type { Loss } from '../../client/lost-speech.ts';
import { Microphone } from '../../client/microphone.ts';
import type { ClientSocket } from '../../client/line-options.ts';
import { StreamLine } from '../../client/stream-line.ts';
import type { HeedEvent } from '../../src/events/event.ts';
import { event } from '../web/events.ts';

/** The client's end of a connection; the test plays the server. */
class FakeSocket implements ClientSocket {
  readonly sent: (string | ArrayBuffer)[] = [];
  bufferedAmount = 0;
  binaryType = '';
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;

  send(data: string | ArrayBuffer): void {
    this.sent.push(data);
  }

  close(): void {
    // The test closes it.
  }

  open(): void {
    this.onopen!(undefined as never);
  }

  receive(message: unknown): void {
    this.onmessage!({ data: JSON.stringify(message) } as never);
  }

  break(code = 1006): void {
    this.onclose!({ code } as never);
  }

  /** Messages as they are, and how many bytes each piece of audio has. */
  get messages(): unknown[] {
    return this.sent.map((data) => (typeof data === 'string' ? (JSON.parse(data) as unknown) : data.byteLength));
  }
}

const start = { type: 'start', token: 'secret' };
const resumable = { type: 'resumable', session_id: 'session', resume_token: 'ticket', resume_ms: 15_000 };
const started = { ...event({ type: 'session.started', language: 'en', commands: [] }), event_id: 'e-0' };
const gone = event({ type: 'error', code: 'not-resumable', message: 'No session waits here.' });
/** A second of audio. */
const second = 32_000;

function newLine() {
  const sockets: FakeSocket[] = [];
  const events: HeedEvent[] = [];
  const losses: Loss[] = [];
  const connections: Connection[] = [];
  const line = new StreamLine({
    openSocket: () => {
      sockets.push(new FakeSocket());
      return sockets.at(-1)!;
    },
    startMessage: () => start,
    onConnection: (connection) => connections.push(connection),
    onEvent: (heard) => events.push(heard),
    onLost: (loss) => losses.push(loss),
  });
  line.connect();
  const last = () => sockets.at(-1)!;
  /** A second passes while somebody speaks. */
  const speak = (seconds = 1) => {
    for (let count = 0; count < seconds; count++) {
      vi.advanceTimersByTime(1_000);
      line.sendAudio(new ArrayBuffer(second));
    }
  };
  /** The next connection is open. */
  const reconnect = () => {
    const before = sockets.length;
    while (sockets.length === before) vi.advanceTimersToNextTimer();
    last().open();
    return last();
  };
  /** The session starts, and can be resumed. */
  const begin = () => {
    last().open();
    last().receive(resumable);
    last().receive(started);
    return last();
  };
  return { line, last, sockets, events, losses, connections, speak, reconnect, begin };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a line that breaks', () => {
  test('goes on where the server was, with what was said meanwhile and its age', () => {
    const { line, begin, speak, reconnect, events, connections, losses } = newLine();
    const first = begin();
    speak();
    line.send({ type: 'say', text: 'one' });
    line.send({ type: 'say', text: 'two' });
    first.receive({ type: 'taken', audio: second, messages: 0 });
    first.receive({ ...event({ type: 'speech.started', segment_id: '0', start: 0 }), event_id: 'e-1' });
    first.break();
    expect(line.connection).toMatchObject({ status: 'waiting', isKept: true });
    expect([line.send({ type: 'say', text: 'three' }), line.sendOrKeep({ type: 'flush' })]).toEqual([false, true]);
    const socket = reconnect();
    line.sendAudio(new ArrayBuffer(second));
    expect(socket.messages).toEqual([
      { type: 'resume', token: 'secret', resume_token: 'ticket', last_event_id: 'e-1', audio_from: second },
    ]);
    socket.receive({ type: 'resumed', session_id: 'session', audio: second, messages: 1 });
    socket.receive({ ...event({ type: 'speech.ended', segment_id: '0', start: 0, end: 1, reason: 'silence' }) });
    const [, age, ...rest] = socket.messages;
    expect(age).toEqual({ type: 'age', ms: expect.closeTo(500, -3) });
    expect(rest).toEqual([{ type: 'say', text: 'two' }, { type: 'flush' }, ...rest.slice(2, -1), second]);
    expect(events.map(({ type }) => type)).toEqual(['session.started', 'speech.started', 'speech.ended']);
    expect(connections.map(({ status }) => status)).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open']);
    expect(losses).toEqual([]);
  });

  test('tries every second while the session is kept, and gives up what hangs, then less and less often', () => {
    const { begin, line, sockets } = newLine();
    begin().break();
    const tries: number[] = [];
    const brokeMs = Date.now();
    while (Date.now() - brokeMs < 14_000) {
      const before = sockets.length;
      vi.advanceTimersToNextTimer();
      if (sockets.length > before) {
        tries.push(Date.now());
        expect(line.connection).toEqual({ status: 'connecting', isKept: true });
      }
    }
    const waits = tries.slice(1).map((ms, index) => ms - tries[index]!);
    expect(Math.max(...waits)).toBeLessThanOrEqual(3_000 + 1_200);
    vi.advanceTimersByTime(60_000);
    expect(line.connection).not.toHaveProperty('isKept');
  });

  test('is noticed when the server falls silent', () => {
    const { begin, speak, line } = newLine();
    const socket = begin();
    speak(8);
    socket.receive({ type: 'taken', audio: 8 * second, messages: 0 });
    speak(7);
    expect(line.connection.status).toBe('open');
    speak(10);
    expect(line.connection.status).not.toBe('open');
  });

  test('is not dead while nobody has anything to say', () => {
    const { begin, speak, line } = newLine();
    const socket = begin();
    speak();
    socket.receive({ type: 'taken', audio: second, messages: 0 });
    vi.advanceTimersByTime(600_000);
    speak(7);
    expect(line.connection.status).toBe('open');
  });
});

describe('a session that is gone', () => {
  test('is followed by another one on the same connection, and what was lost is told', () => {
    const { line, begin, speak, reconnect, losses } = newLine();
    const first = begin();
    speak(4);
    line.send({ type: 'say', text: 'one' });
    first.receive({ type: 'taken', audio: 3 * second, messages: 0 });
    first.break();
    speak(2);
    const socket = reconnect();
    socket.receive(gone);
    expect(socket.messages.at(-1)).toEqual({ ...start, resumable: true });
    socket.receive({ ...resumable, resume_token: 'other' });
    socket.receive({ ...started, event_id: 'f-0' });
    const kept = losses[0]!;
    expect(kept).toMatchObject({ messages: 1, reason: 'not-resumable', message: 'No session waits here.' });
    expect(kept.audioMs).toBe(3_000);
    line.sendAudio(new ArrayBuffer(2));
    expect(socket.messages.slice(2)).toEqual([2]);
  });

  test('takes the phrase along that was being spoken', () => {
    const { begin, speak, reconnect, losses } = newLine();
    const first = begin();
    speak(4);
    first.receive(event({ type: 'speech.started', segment_id: '0', start: 1.5 }));
    first.receive({ type: 'taken', audio: 4 * second, messages: 0 });
    first.break();
    const socket = reconnect();
    socket.receive(gone);
    socket.receive(started);
    expect(losses).toMatchObject([{ audioMs: 2_500, messages: 0 }]);
  });

  test('costs nothing when nothing was said', () => {
    const { begin, reconnect, losses } = newLine();
    begin().break();
    const socket = reconnect();
    socket.receive(gone);
    socket.receive(started);
    expect(losses).toEqual([]);
  });
});

test('what is said before the first session has started is its first sound, with its age', () => {
  const { begin, speak, line, last } = newLine();
  speak(40);
  expect(line.sendOrKeep({ type: 'flush' })).toBe(true);
  begin();
  expect(last().messages).toEqual([
    { ...start, resumable: true },
    { type: 'age', ms: 30_000 },
    ...Array.from({ length: 29 }, () => second),
    { type: 'age', ms: 0 },
    second,
    { type: 'flush' },
  ]);
});

test('a server that keeps no sessions gets no ages, and what was said while the line was down is told as lost', () => {
  const { last, speak, line, reconnect, losses } = newLine();
  last().open();
  last().receive(started);
  speak(2);
  last().break();
  expect(line.connection).not.toHaveProperty('isKept');
  speak(3);
  const socket = reconnect();
  expect(socket.messages).toEqual([{ ...start, resumable: true }]);
  socket.receive(started);
  speak();
  expect(socket.messages.slice(1)).toEqual([second]);
  expect(losses).toEqual([{ audioMs: 3_000, messages: 0, reason: 'lost', message: '' }]);
});

describe('a line that is refused for good', () => {
  test('tells what was lost, and takes no more sound', () => {
    const { begin, speak, line, reconnect, losses } = newLine();
    begin().break();
    speak(2);
    const socket = reconnect();
    socket.receive(event({ type: 'error', code: 'unauthorized', message: 'The token is wrong.' }));
    socket.break(4401);
    expect(losses).toMatchObject([{ audioMs: 2_000, reason: 'unauthorized', message: 'The token is wrong.' }]);
    expect([line.connection.status, line.sendAudio(new ArrayBuffer(2))]).toEqual(['refused', false]);
  });

  test('releases the microphone, which opens for nobody then', async () => {
    const sockets: FakeSocket[] = [];
    vi.stubGlobal('WebSocket', function () {
      sockets.push(new FakeSocket());
      return sockets.at(-1);
    });
    vi.spyOn(Microphone.prototype, 'open').mockResolvedValue(true);
    const release = vi.spyOn(Microphone.prototype, 'close').mockReturnValue();
    const client = new HeedClient({ token: 'secret', url: 'ws://heed/v1/stream', workletUrl: 'worklet.js' });
    client.connect();
    await client.startAudio();
    expect(client.microphone).toBe('on');
    sockets[0]!.break(4401);
    expect(client.microphone).toBe('off');
    expect(release).toHaveBeenCalled();
    await expect(client.startAudio()).rejects.toMatchObject({ problem: 'no-connection' });
    expect(client.microphone).toBe('off');
  });
});
