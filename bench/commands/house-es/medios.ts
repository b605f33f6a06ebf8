import { defineCommand, list } from 'heed';
import { player } from './_casa.ts';

export default defineCommand({
  description: 'Pausa, continúa y salta canciones.',
  phrases: {
    es: ['{action} [la música|[la] {player}]', '[la] {skip} canción [en [la] {player}]', '(salta|pasa) esta canción'],
  },
  slots: {
    action: list([
      { value: 'pause', say: ['pausa'] },
      { value: 'resume', say: ['continúa', 'reanuda'] },
    ]),
    skip: list([
      { value: 'next', say: ['siguiente', 'próxima'] },
      { value: 'previous', say: ['anterior'] },
    ]),
    player,
  },
  examples: [
    { say: 'pausa la tele', args: { action: 'pause', player: 'tv' } },
    { say: 'siguiente canción', args: { skip: 'next' } },
  ],
  not: ['hacemos una pausa', 'la siguiente canción es bonita'],
  run: () => ({}),
});
