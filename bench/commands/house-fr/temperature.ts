import { defineCommand, list } from 'heed';
import { area, dans } from './_maison.ts';

export default defineCommand({
  description: 'Dit quelle température il fait.',
  phrases: {
    fr: ['quelle est la température [<dans>]', 'combien fait-il [<dans>]', '(quelle|quel) est (la|le) {sensor}'],
  },
  rules: { dans },
  slots: { area, sensor: list(['température extérieure', 'humidité extérieure']) },
  examples: [{ say: 'quelle est la température dans le salon', args: { area: 'salon' } }, { say: 'combien fait-il' }],
  not: ['combien ça coûte'],
  run: () => ({}),
});
