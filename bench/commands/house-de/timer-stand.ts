import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Sagt, wie lange der Timer noch läuft.',
  phrases: { de: ['wie lange läuft der timer noch', 'wie viel zeit ist noch auf dem timer'] },
  examples: [{ say: 'wie lange läuft der Timer noch' }],
  not: ['wir haben noch Zeit'],
  run: () => ({}),
});
