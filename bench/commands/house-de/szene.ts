import { defineCommand } from 'heed';
import { script } from './_haus.ts';

export default defineCommand({
  description: 'Startet eine Szene.',
  phrases: { de: ['(aktivier|aktiviere|starte) [(den|die szene)] {script}', '(schalt|schalte) den {script} ein'] },
  slots: { script },
  examples: [{ say: 'aktiviere den Kinomodus', args: { script: 'kinomodus' } }],
  not: ['der Nachtmodus ist aktiv'],
  run: () => ({}),
});
