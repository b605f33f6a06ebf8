import { defineCommand } from 'heed';
import { area, color, en, light } from './_casa.ts';

export default defineCommand({
  description: 'Da un color a las luces.',
  phrases: {
    es: [
      '(pon|cambia) el color de [la|las] ({light}|(luz|luces) [<en>]) (a|en) {color}',
      '(pon|cambia) [la|las] (luz|luces) [<en>] (a|en|de) [color] {color}',
      '(pon|cambia) [la] {light} (a|en|de) [color] {color}',
    ],
  },
  rules: { en },
  slots: { area, light, color },
  examples: [
    { say: 'pon el color de las luces de la oficina a rojo', args: { area: 'oficina', color: 'rojo' } },
    { say: 'pon la lámpara en azul', args: { light: 'lámpara', color: 'azul' } },
  ],
  not: ['la lámpara es azul', 'el color es rojo'],
  run: () => ({}),
});
