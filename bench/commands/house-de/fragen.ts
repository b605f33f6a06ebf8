import { defineCommand, list } from 'heed';
import { area, im } from './_haus.ts';

export default defineCommand({
  description: 'Sagt Temperatur, Uhrzeit und Wetter.',
  phrases: { de: ['wie warm ist es [<im>]', 'wie (spät|viel uhr) ist es', 'wie (ist|wird) das wetter [in {city}]'] },
  rules: { im },
  slots: { area, city: list(['berlin', 'hamburg', 'wien']) },
  examples: [{ say: 'wie warm ist es im Büro', args: { area: 'büro' } }, { say: 'wie spät ist es' }],
  not: ['es ist schon spät'],
  run: () => ({}),
});
