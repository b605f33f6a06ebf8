import { defineCommand, list } from 'heed';

export default defineCommand({
  description: 'Spielt Musik und hält sie an.',
  phrases: {
    de: ['{action} [die] musik', '(mach|mache) die musik {state}', 'halt die musik {halt}', '{skip} lied', '{simple}'],
  },
  slots: {
    action: list([
      { value: 'play', say: ['spiel', 'spiele'] },
      { value: 'stop', say: ['stopp', 'stoppe'] },
    ]),
    state: list([
      { value: 'play', say: ['an'] },
      { value: 'stop', say: ['aus'] },
    ]),
    halt: list([{ value: true, say: ['an'] }]),
    skip: list([
      { value: 'next', say: ['nächstes', 'das nächste'] },
      { value: 'previous', say: ['voriges', 'das letzte'] },
    ]),
    simple: list(['pause', 'weiterspielen']),
  },
  examples: [
    { say: 'spiel Musik', args: { action: 'play' } },
    { say: 'nächstes Lied', args: { skip: 'next' } },
  ],
  not: ['das nächste Lied ist schön'],
  run: () => ({}),
});
