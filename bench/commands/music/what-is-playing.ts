import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Says what is playing.',
  phrases: [
    'what is (playing|this song|this track|this called)',
    '(what song|which song|who) is this',
    'tell me (what is playing|what this is|the name of this song)',
  ],
  examples: [{ say: "what's playing" }, { say: 'which song is this' }],
  not: ['what is this'],
  run: () => ({}),
});
