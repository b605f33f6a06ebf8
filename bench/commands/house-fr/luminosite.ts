import { defineCommand, percent } from 'heed';
import { area, dans, light } from './_maison.ts';

export default defineCommand({
  description: 'Règle la luminosité.',
  phrases: {
    fr: [
      '<verb> la luminosité [<dans>|de [la] {light}] à {level}',
      '<verb> [le|la] ({light}|{area}) à {level}',
      '<verb> [la|les] (lumière|lumières) [<dans>] à {level}',
    ],
  },
  rules: { dans, verb: '(allume|allumer|règle|régler|mets|mettre|baisse|monte)' },
  slots: { area, light, level: percent() },
  examples: [
    { say: 'règle la luminosité du salon à 50 pourcent', args: { area: 'salon', level: 50 } },
    { say: 'baisse la lumière du plafond à vingt pour cent', args: { light: 'lumière du plafond', level: 20 } },
  ],
  not: ['la luminosité est à cinquante pour cent'],
  run: () => ({}),
});
