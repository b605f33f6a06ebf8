import { defineCommand, duration } from 'heed';

export default defineCommand({
  description: 'Startet einen Timer.',
  phrases: {
    de: [
      '[(ein|einen|den)] timer [(auf|für|von|über)] {length}',
      '(stell|stelle|starte|setz|setze|mach) [mir] (einen|den) timer (auf|für|von|über) {length}',
      '(einen|den) timer (auf|für|von|über) {length} (stellen|starten)',
    ],
  },
  slots: { length: duration() },
  examples: [
    { say: 'Timer 10 Minuten', args: { length: 600 } },
    { say: 'stell einen Timer auf fünf Minuten', args: { length: 300 } },
  ],
  not: ['der Timer hat geklingelt'],
  run: () => ({}),
});
