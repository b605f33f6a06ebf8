import { defineCommand, duration } from 'heed';

export default defineCommand({
  description: 'Inicia un temporizador.',
  phrases: {
    es: ['(ajusta|inicia|pon|programa) [un|el] temporizador (de|para|a) {length}', 'temporizador de {length}'],
  },
  slots: { length: duration() },
  examples: [{ say: 'pon un temporizador de cinco minutos', args: { length: 300 } }],
  not: ['el temporizador ha sonado'],
  run: () => ({}),
});
