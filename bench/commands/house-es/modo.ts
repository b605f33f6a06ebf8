import { defineCommand } from 'heed';
import { script } from './_casa.ts';

export default defineCommand({
  description: 'Ejecuta un modo.',
  phrases: { es: ['(activa|ejecuta|inicia) [el] {script}'] },
  slots: { script },
  examples: [{ say: 'activa el modo fiesta', args: { script: 'modo fiesta' } }],
  not: ['de todo modo'],
  run: () => ({}),
});
