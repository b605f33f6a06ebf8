import { defineCommand, list } from 'heed';
import { area, placeOf } from './_house.ts';

export default defineCommand({
  description: 'Turn the lights of an area on or off.',
  phrases: [
    '(turn|switch) {state} [all [of]] [the] lights [in here|in [the] {area}]',
    '(turn|switch) {state} [all [of]] [the] {area} lights',
    '(turn|switch) [all [of]] [the] lights {state} [in here|in [the] {area}]',
    '(turn|switch) [all [of]] [the] lights in [the] {area} {state}',
    '(turn|switch) [all [of]] [the] {area} lights {state}',
    '[the] {area} lights {state}',
  ],
  slots: { state: list(['on', 'off']), area },
  examples: [
    { say: 'turn on the lights', args: { state: 'on' } },
    { say: 'switch the lights off in the office', args: { state: 'off', area: 'office' } },
    { say: 'turn off all of the bedroom lights', args: { state: 'off', area: 'bedroom' } },
  ],
  run: ({ args }) => ({ say: `Lights ${args.state} (${placeOf({ area: args.area })}).` }),
});
