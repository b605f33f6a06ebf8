import { defineCommand, list } from 'heed';

export default defineCommand({
  description: 'Stop, pause or resume timers.',
  phrases: ['{action} [(the|my)] timer', '{action} {all} [[of] (the|my)] timers', '{action} [(the|my)] timers'],
  slots: {
    action: list([
      { value: 'stop', say: ['stop', 'cancel'] },
      'pause',
      { value: 'resume', say: ['resume', 'continue'] },
    ]),
    all: list([{ value: true, say: ['all'] }]),
  },
  examples: [
    { say: 'stop my timer', args: { action: 'stop' } },
    { say: 'cancel all timers', args: { action: 'stop', all: true } },
  ],
  run: ({ args }) => ({ say: `${args.action} ${args.all ? 'all timers' : 'the timer'}.` }),
});
