import { CommandError, defineCommand } from 'heed';

export default defineCommand({
  description: 'Takes back the last command.',
  phrases: {
    en: [
      'undo [that|it|this]',
      'undo [the] last (command|one|thing|step)',
      'take (that|it) back',
      '(reverse|revert) (that|it)',
    ],
    de: ['(mach|mache) (das|es) rückgängig', 'rückgängig [machen]', 'nimm (das|es) zurück'],
  },
  examples: [
    { say: 'undo' },
    { say: 'undo that' },
    { say: 'take it back' },
    { say: 'Mach das rückgängig', language: 'de' },
  ],
  not: ['take it back to the shop', 'what does undo do'],
  async run({ undoLast, session }) {
    const isGerman = session.language === 'de';
    const undone = await undoLast();
    if (!undone)
      throw new CommandError(isGerman ? 'Es gibt nichts rückgängig zu machen.' : 'There is nothing to take back.');
    return { say: isGerman ? `Zurückgenommen: „${undone.phrase}“.` : `Taken back: “${undone.phrase}”.` };
  },
});
