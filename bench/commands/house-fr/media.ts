import { defineCommand, list } from 'heed';
import { area, dans, media } from './_maison.ts';

export default defineCommand({
  description: 'Met en pause, reprend et arrête la musique ou le film.',
  phrases: {
    fr: [
      "{action} (le|la|l') {media} [sur [la] {player}] [<dans>]",
      '{simple}',
      '(mets|mettre) [la] {player} (en|sur) {simple}',
      "(mets|mettre) (le|la|l') {media} (en|sur) {simple}",
    ],
  },
  rules: { dans },
  slots: {
    action: list([
      { value: 'resume', say: ['reprends', 'reprendre'] },
      { value: 'stop', say: ['arrête', 'arrêter'] },
    ]),
    simple: list(['pause', 'lecture']),
    player: list([{ value: 'tv', say: ['TV', 'télé'] }]),
    media,
    area,
  },
  examples: [
    { say: 'reprends la musique dans le salon', args: { action: 'resume', media: 'musique', area: 'salon' } },
    { say: 'pause', args: { simple: 'pause' } },
  ],
  not: ['on fait une pause', "la musique s'arrête"],
  run: () => ({}),
});
