import { defineCommand, list } from 'heed';

export default defineCommand({
  description: 'Supprime, met en pause ou reprend les minuteurs.',
  phrases: {
    fr: [
      '{action} [{all}] (le|mon|les|mes) (minuteur|minuteurs)',
      '(mets|mettre) (le|mon) minuteur (en|sur) {pause}',
      '(mets|mettre) (en|sur) {pause} (le|mon) minuteur',
    ],
  },
  slots: {
    action: list([
      { value: 'cancel', say: ['supprime', 'supprimer', 'annule', 'annuler', 'arrête', 'arrêter'] },
      { value: 'resume', say: ['reprends', 'reprendre'] },
    ]),
    all: list([{ value: true, say: ['tous'] }]),
    pause: list([{ value: true, say: ['pause'] }]),
  },
  examples: [
    { say: 'supprimer tous les minuteurs', args: { action: 'cancel', all: true } },
    { say: 'mets le minuteur en pause', args: { pause: true } },
  ],
  not: ['le minuteur est en pause'],
  run: () => ({}),
});
