import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Ne fait rien, ou se tait.',
  phrases: { fr: ['(silence|chut|tais-toi)', '(oublie|oublies) [ça]'] },
  examples: [{ say: 'oublie' }, { say: 'chut' }],
  not: ["j'oublie tout"],
  run: () => ({}),
});
