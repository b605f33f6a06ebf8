import { expect, test, vi } from 'vitest';
import { Tabs } from '../../web/tabs.ts';

type Grant = () => Promise<void> | undefined;

/** The locks of one browser, as far as tabs use them. */
class FakeLocks {
  readonly #held = new Map<string, { abort: (error: Error) => void; over: Promise<unknown> }>();

  async request(name: string, ...rest: [Grant] | [{ steal?: boolean; mode?: string }, Grant]): Promise<void> {
    const grant = rest.length === 1 ? rest[0] : rest[1];
    const options = rest.length === 1 ? {} : rest[0];
    const before = this.#held.get(name);
    if (options.steal === true) before?.abort(new DOMException('stolen', 'AbortError'));
    else await before?.over.catch(() => undefined);
    let abort = (_: Error): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      abort = reject;
    });
    const over = Promise.race([Promise.resolve().then(grant), aborted]);
    over.catch(() => undefined);
    this.#held.set(name, { abort, over });
    await over;
  }
}

interface FakeChannel {
  onmessage: ((message: MessageEvent) => void) | null;
  postMessage: (data: unknown) => void;
}

function browser() {
  const locks = new FakeLocks() as unknown as LockManager;
  const channels: FakeChannel[] = [];
  return () => {
    const heard: string[] = [];
    const channel: FakeChannel = {
      onmessage: null,
      postMessage: (data) => {
        for (const other of channels) if (other !== channel) other.onmessage?.({ data } as MessageEvent);
      },
    };
    channels.push(channel);
    const tabs = new Tabs({
      locks,
      channel: channel,
      onOtherVoice: (isSpeaking) => heard.push(isSpeaking ? 'voice' : 'silence'),
      onHush: () => heard.push('hush'),
    });
    return { tabs, heard };
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('the tab that takes the microphone last has it, and the other is told', async () => {
  const open = browser();
  const [one, other] = [open(), open()];
  const [oneTaken, otherTaken] = [vi.fn(), vi.fn()];
  one.tabs.takeMicrophone(oneTaken);
  await settled();
  other.tabs.takeMicrophone(otherTaken);
  await settled();
  expect([oneTaken.mock.calls.length, otherTaken.mock.calls.length]).toEqual([1, 0]);
  one.tabs.takeMicrophone(oneTaken);
  await settled();
  expect([oneTaken.mock.calls.length, otherTaken.mock.calls.length]).toEqual([1, 1]);
});

test('a tab that has left the microphone is not told when another takes it', async () => {
  const open = browser();
  const [one, other] = [open(), open()];
  const taken = vi.fn();
  one.tabs.takeMicrophone(taken);
  await settled();
  one.tabs.leaveMicrophone();
  other.tabs.takeMicrophone(() => undefined);
  await settled();
  expect(taken).not.toHaveBeenCalled();
});

test('only one tab speaks at a time, and the others hear nothing meanwhile', async () => {
  const open = browser();
  const [one, other] = [open(), open()];
  const log: string[] = [];
  let finish = (): void => undefined;
  const speaking = one.tabs.alone(async () => {
    log.push('one');
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  await settled();
  const waiting = other.tabs.alone(async () => void log.push('other'));
  await settled();
  expect([log, other.heard]).toEqual([['one'], ['voice']]);
  finish();
  await Promise.all([speaking, waiting]);
  await settled();
  expect(log).toEqual(['one', 'other']);
  expect(other.heard).toEqual(['voice', 'silence']);
  expect(one.heard).toEqual(['voice', 'silence']);
});

test('somebody who speaks in one tab silences the others', () => {
  const open = browser();
  const [one, other] = [open(), open()];
  one.tabs.hush();
  expect([one.heard, other.heard]).toEqual([[], ['hush']]);
});

test('where the browser has no locks, the tab speaks', async () => {
  const tabs = new Tabs({
    locks: undefined,
    channel: { postMessage: () => undefined, onmessage: null },
    onOtherVoice: () => undefined,
    onHush: () => undefined,
  });
  const spoken = vi.fn(async () => undefined);
  await tabs.alone(spoken);
  expect(spoken).toHaveBeenCalledOnce();
});
