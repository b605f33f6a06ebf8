import { defineCommand, percent } from 'heed';
import { area, en, light } from './_casa.ts';

export default defineCommand({
  description: 'Ajusta el brillo.',
  phrases: {
    es: [
      '(ajusta|pon|sube|baja) el brillo [<en>|de [la] {light}] (a|al) {level}',
      '(ajusta|pon|sube|baja) [la|las] (luz|luces) [<en>] (a|al) {level}',
      '(ajusta|pon|sube|baja) [la] {light} (a|al) {level}',
    ],
  },
  rules: { en },
  slots: { area, light, level: percent() },
  examples: [
    { say: 'ajusta el brillo de la cocina al 50 por ciento', args: { area: 'cocina', level: 50 } },
    { say: 'baja las luces al veinte por ciento', args: { level: 20 } },
  ],
  not: ['el brillo está al cincuenta por ciento'],
  run: () => ({}),
});
