import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Says what can be said.',
  phrases: {
    en: [
      'help [me]',
      'what can (I|we) (say|do|ask)',
      'what can you do',
      '(show|tell) me (the|all [the]) commands',
      '(which|what) commands are there',
    ],
    de: ['Hilfe', 'hilf mir', 'was kann ich (sagen|tun)', 'was kannst du', 'welche Befehle gibt es'],
  },
  examples: [{ say: 'what can I say' }, { say: 'help' }, { say: 'Was kann ich sagen?', language: 'de' }],
  not: ['help yourself', 'can you help him'],
  run({ commands, session }) {
    const tries = commands
      .flatMap(({ examples }) => examples.slice(0, 1))
      .map((example) => `“${example}”`)
      .join(', ');
    return { say: session.language === 'de' ? `Zum Beispiel: ${tries}.` : `For example: ${tries}.` };
  },
});
