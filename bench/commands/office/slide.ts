import { defineCommand, list, number } from 'heed';

export default defineCommand({
  description: 'Leafs through the slides.',
  phrases: [
    '[(go to|show|show me)] [the] {which} slide [please]',
    '(go|jump|skip) {back} to slide {number}',
    '(go to|show|show me|jump to) slide [number] {number}',
    '(go|skip) {way} {count} slides',
    'next',
  ],
  slots: {
    which: list([
      'next',
      { value: 'previous', say: ['previous', 'last'] },
      { value: 'first', say: ['first', 'title'] },
      'final',
    ]),
    back: list([{ value: true, say: ['back'] }]),
    way: list(['back', { value: 'forward', say: ['forward', 'ahead'] }]),
    number: number({ min: 1, max: 120 }),
    count: number({ min: 2, max: 20 }),
  },
  examples: [
    { say: 'next slide', args: { which: 'next' } },
    { say: 'go to slide twelve', args: { number: 12 } },
    { say: 'go back three slides', args: { way: 'back', count: 3 } },
  ],
  not: ['on the next slide you see', 'the last slide was good', 'this is slide twelve'],
  run: () => ({}),
});
