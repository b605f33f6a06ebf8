import { defineCommand } from 'heed';

export default defineCommand({
  description: 'No hace nada.',
  phrases: { es: ['(no importa|olvídalo)'] },
  examples: [{ say: 'no importa' }],
  not: ['no me importa'],
  run: () => ({}),
});
