import { defineCommand, list } from 'heed';
import { area, device, placeOf } from './_house.ts';

export default defineCommand({
  description: 'Turn a device on or off.',
  phrases: [
    '(turn|switch) {state} [the] {name} [in [the] {area}]',
    '(turn|switch) [the] {name} [in [the] {area}] {state}',
    '(turn|switch) {state} [the] {area} {name}',
  ],
  slots: { state: list(['on', 'off']), name: device, area },
  examples: [
    { say: 'turn off the TV', args: { state: 'off', name: 'tv' } },
    { say: 'turn the standing light in the office on', args: { state: 'on', name: 'standing light', area: 'office' } },
  ],
  run: ({ args }) => ({ say: `${placeOf(args)} ${args.state}.` }),
});
