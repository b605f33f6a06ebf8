import { defineCommand, list } from 'heed';

export default defineCommand({
  description: 'Cancela, pausa o continúa los temporizadores.',
  phrases: { es: ['{action} [{all}] [el|los|mi] (temporizador|temporizadores)'] },
  slots: {
    action: list([
      { value: 'cancel', say: ['cancela', 'para', 'quita'] },
      { value: 'pause', say: ['pausa'] },
      { value: 'resume', say: ['continúa', 'reanuda'] },
    ]),
    all: list([{ value: true, say: ['todos'] }]),
  },
  examples: [{ say: 'cancela todos los temporizadores', args: { action: 'cancel', all: true } }],
  not: ['el temporizador está en pausa'],
  run: () => ({}),
});
