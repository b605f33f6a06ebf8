import { defineCommand, list } from 'heed';
import { area, cover, coverKind, placeOf } from './_house.ts';

export default defineCommand({
  description: 'Open or close doors, windows, curtains and blinds.',
  phrases: [
    '{action} [the] {name} [in [the] {area}]',
    '{action} [all [of]] [the] {kind} [in here|in [the] {area}]',
    '{action} [all [of]] [the] {area} {kind}',
  ],
  slots: { action: list(['open', { value: 'close', say: ['close', 'shut'] }]), name: cover, kind: coverKind, area },
  examples: [
    { say: 'open the sliding door in the office', args: { action: 'open', name: 'sliding door', area: 'office' } },
    { say: 'close the kitchen windows', args: { action: 'close', kind: 'window', area: 'kitchen' } },
  ],
  run: ({ args }) => ({ say: `${args.action} ${placeOf({ area: args.area, name: args.name ?? args.kind })}.` }),
});
