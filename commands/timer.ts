import { CommandError, defineCommand, duration, list } from 'heed';
import { houseOf, type House } from './_house.ts';

const daySeconds = 24 * 60 * 60;

export default defineCommand({
  description: 'Starts or stops a timer, and says when the time is up.',
  phrases: {
    en: [
      '(set|start|create) [a|an|the] [{label}] timer for {time} [for [the] {label}]',
      '(set|start|create) [a|an|the] {time} [{label}] timer',
      '[a] timer for {time}',
      '(cancel|stop|clear|delete) [the|my] timer',
    ],
  },
  slots: { time: duration(), label: list(['tea', 'coffee', 'egg', 'pasta', 'pizza', 'bread', 'laundry', 'workout']) },
  examples: [
    { say: 'set a timer for five minutes', args: { time: 300 } },
    { say: 'start a tea timer for two and a half minutes', args: { label: 'tea', time: 150 } },
    { say: 'set a ten minute pizza timer', args: { label: 'pizza', time: 600 } },
    { say: 'cancel the timer', args: {} },
  ],
  not: ['what is a timer', 'the timer is set'],
  run({ args: { time, label }, state, say }) {
    const { timer: before } = houseOf(state);
    const put = (timer: House['timer']): void => state.set('house', { ...houseOf(state), timer });
    const undo = (): void => put(before);

    if (time === undefined) {
      if (!before) throw new CommandError('There is no timer to stop.');
      put(null);
      return { say: 'The timer is stopped.', undo };
    }
    if (time === 0 || time > daySeconds)
      throw new CommandError('A timer must be longer than zero seconds and at most one day.');

    const endsAt = new Date(Date.now() + time * 1000).toISOString();
    put({ endsAt, label: label ?? '' });
    const ring = (): void => {
      // The timer may have been replaced or stopped in the meantime.
      if (houseOf(state).timer?.endsAt !== endsAt) return;
      put(null);
      say(label ? `The ${label} is ready.` : 'The time is up.');
    };
    setTimeout(ring, time * 1000).unref();
    return { say: `${label ? `The ${label} timer` : 'The timer'} runs for ${inWords(time)}.`, undo };
  },
});

/** Turns 5400 into "1 hour 30 minutes". */
function inWords(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [Math.round(seconds % 60), 'second'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ');
}
