import { defineCommand, duration } from 'heed';

export default defineCommand({
  description: 'Lance un minuteur.',
  phrases: {
    fr: [
      '[un] minuteur [de|pour] {length}',
      '(mets|lance|démarre|règle|programme) (un|le) minuteur (de|pour|sur) {length}',
    ],
  },
  slots: { length: duration() },
  examples: [
    { say: 'minuteur 10 minutes', args: { length: 600 } },
    { say: 'lance un minuteur de cinq minutes', args: { length: 300 } },
  ],
  not: ['le minuteur a sonné'],
  run: () => ({}),
});
