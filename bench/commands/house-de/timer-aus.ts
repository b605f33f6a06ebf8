import { defineCommand, list } from 'heed';

export default defineCommand({
  description: 'Löscht einen Timer oder alle.',
  phrases: {
    de: [
      '(lösch|lösche|stopp|stoppe|beende) [{all}] (den|die|meinen) timer',
      '(lösch|lösche|stopp|stoppe) {all} timer',
    ],
  },
  slots: { all: list([{ value: true, say: ['alle'] }]) },
  examples: [{ say: 'lösche alle Timer', args: { all: true } }, { say: 'stopp den Timer' }],
  not: ['der Timer ist aus'],
  run: () => ({}),
});
