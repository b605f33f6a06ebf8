import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Ask how much time a timer has left.',
  phrases: [
    '[what is the] (status of [(the|my)] (timer|timers)|(timer|timers) status)',
    'how much (time [is] left|longer) [is] [on] [(the|my)] (timer|timers)',
    'how (long|much time) (is|does) [(the|my)] timer have left',
  ],
  examples: [{ say: 'how much time is left on the timer' }, { say: 'timer status' }],
  run: () => ({ say: 'Two minutes are left.' }),
});
