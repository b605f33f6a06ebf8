import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MicrophoneError } from '../../client/microphone.ts';
import { defaultSettings, type Settings } from '../../web/settings.ts';
import { TalkControl } from '../../web/talk-control.ts';
import type { Action } from '../../web/view-state.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A control with a client whose microphone is on at once. */
function stage(settings: Partial<Settings> = {}, needsWake = false) {
  const log: string[] = [];
  const modes: string[] = [];
  let taken = (): void => undefined;
  const client = {
    microphone: 'off' as 'off' | 'on',
    startAudio: vi.fn(async () => {
      client.microphone = 'on';
      log.push('start');
    }),
    stopAudio: () => {
      client.microphone = 'off';
      log.push('stop');
    },
    drainAudio: async () => undefined,
    pressed: () => log.push('pressed') > 0,
    flush: () => log.push('flush') > 0,
  };
  const control = new TalkControl({
    client,
    dispatch: (action: Action) => {
      if (action.type === 'mode') modes.push(action.mode);
      else if (action.type === 'microphone-problem') modes.push(action.problem);
    },
    settings: () => ({ ...defaultSettings, ...settings }),
    needsWake: () => needsWake,
    take: (onTaken) => {
      taken = onTaken;
    },
    onPress: (isHeld) => log.push(isHeld ? 'press held' : 'press'),
  });
  return { control, client, log, modes, takeAway: () => taken() };
}

/** The end of the sound that is still on its way. */
const tail = () => vi.advanceTimersByTimeAsync(0);

test('a short press listens until the next one', async () => {
  const { control, log, modes } = stage();
  control.press(0);
  control.unpress(120);
  expect(modes).toEqual(['held', 'hands-free']);
  control.press(9_000);
  control.unpress(9_100);
  await tail();
  expect(modes.at(-1)).toBe('off');
  expect(log).toEqual(['press held', 'start', 'press', 'stop', 'flush']);
});

test('a long press listens while it lasts', async () => {
  const { control, log, modes } = stage();
  control.press(0);
  control.unpress(1_500);
  await tail();
  expect(modes).toEqual(['held', 'off']);
  expect(log).toEqual(['press held', 'start', 'stop', 'flush']);
});

test('with push-to-talk even a short press only lasts as long as it is held', async () => {
  const { control, log, modes } = stage({ talk: 'push-to-talk' });
  control.press(0);
  control.unpress(80);
  await tail();
  expect(modes).toEqual(['held', 'off']);
  expect(log.slice(-2)).toEqual(['stop', 'flush']);
});

test('a press that is cancelled ends the phrase, and one that meant Stop does nothing', async () => {
  const { control, modes } = stage();
  control.press(0);
  control.cancelPress();
  control.unpress(10);
  await tail();
  expect(modes).toEqual(['held', 'off']);
  control.toggle();
  control.press(1_000);
  control.cancelPress();
  expect(modes.at(-1)).toBe('hands-free');
});

test('a phrase that was just let go stays apart from the next one', async () => {
  const { control, log } = stage();
  control.hold();
  control.release();
  control.hold();
  expect(log).toEqual(['press held', 'start', 'press held', 'flush', 'start']);
  control.release();
  await tail();
  expect(log.slice(-2)).toEqual(['stop', 'flush']);
});

test('the space bar ends a phrase without ending hands-free listening', async () => {
  const { control, log, modes } = stage();
  control.toggle();
  control.hold();
  control.release();
  await tail();
  expect(log.slice(-2)).toEqual(['press held', 'flush']);
  expect(modes).toEqual(['hands-free']);
});

test('the chosen microphone is opened, and another one when that changes', () => {
  const { control, client, log } = stage({ microphone: 'usb' });
  control.reopen();
  expect(log).toEqual([]);
  control.toggle();
  expect(client.startAudio).toHaveBeenLastCalledWith({ deviceId: 'usb' });
  control.reopen();
  expect(log.slice(-2)).toEqual(['stop', 'start']);
});

test('another tab that takes the microphone ends the phrase here', () => {
  const { control, client, log, modes, takeAway } = stage();
  control.toggle();
  takeAway();
  expect([client.microphone, modes.at(-1), log.slice(-2)]).toEqual(['off', 'elsewhere', ['stop', 'flush']]);
});

test('a microphone that does not open is told, and Talk can be pressed again', async () => {
  const { control, client, modes } = stage();
  client.startAudio.mockRejectedValueOnce(new MicrophoneError('refused'));
  control.toggle();
  await vi.waitFor(() => expect(modes.at(-1)).toBe('refused'));
  control.toggle();
  expect(modes.at(-1)).toBe('hands-free');
});

test('a fallback to the default microphone does not end listening', () => {
  const { control, modes } = stage();
  control.toggle();
  control.fail('fallback');
  control.toggle();
  expect(modes).toEqual(['hands-free', 'fallback', 'off']);
});

describe('with a wake phrase', () => {
  test('what is said while Talk or the space bar is held needs none', async () => {
    const { control, log } = stage({}, true);
    control.hold();
    control.release();
    await tail();
    expect(log).toEqual(['press held', 'pressed', 'start', 'stop', 'flush']);
    control.press(0);
    control.unpress(900);
    await tail();
    expect(log.slice(5)).toEqual(['press held', 'pressed', 'start', 'stop', 'flush']);
  });

  test('the space bar that is pressed again before its phrase has ended is held', async () => {
    const { control, log } = stage({}, true);
    control.toggle();
    control.hold();
    control.release();
    control.hold();
    await tail();
    expect(log.slice(-2)).toEqual(['flush', 'pressed']);
  });

  test('a tap is no push-to-talk', async () => {
    const { control, log } = stage({}, true);
    control.press(0);
    control.unpress(100);
    expect(log).toEqual(['press held', 'pressed', 'start', 'flush']);
    control.hold();
    control.release();
    await tail();
    expect(log.slice(4)).toEqual(['press held', 'pressed', 'flush']);
  });

  test('a microphone that does not open ends the press', async () => {
    const { control, client, log } = stage({}, true);
    client.startAudio.mockRejectedValueOnce(new MicrophoneError('in-use'));
    control.hold();
    await vi.waitFor(() => expect(log).toEqual(['press held', 'pressed', 'flush']));
  });
});
