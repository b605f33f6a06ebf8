import { defineCommand, duration, list } from 'heed';

export default defineCommand({
  description: 'Moves within the song.',
  phrases: [
    '(skip|go|jump|seek) {way} [by] {span}',
    '(fast forward|{back}) [by] {span}',
    '(go|jump|skip|seek) to {position} [in the song]',
  ],
  slots: {
    way: list([
      { value: 'forward', say: ['forward', 'ahead'] },
      { value: 'back', say: ['back', 'backwards'] },
    ]),
    back: list([{ value: true, say: ['rewind'] }]),
    span: duration(),
    position: duration(),
  },
  examples: [
    { say: 'skip forward thirty seconds', args: { way: 'forward', span: 30 } },
    { say: 'rewind ten seconds', args: { back: true, span: 10 } },
    { say: 'go to two minutes', args: { position: 120 } },
  ],
  not: ['go back home', 'fast forward to the future'],
  run: () => ({}),
});
