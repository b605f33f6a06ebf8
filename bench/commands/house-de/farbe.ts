import { defineCommand } from 'heed';
import { area, color, das, im, light } from './_haus.ts';

export default defineCommand({
  description: 'Färbt das Licht.',
  phrases: {
    de: ['(mach|mache|stell|stelle|färb|färbe) <what> [auf] {color}', '<what> [auf] {color} (stellen|machen)'],
  },
  rules: { im, das, what: '((das licht|die lampen) [<im>]|[<das>] {light})' },
  slots: { area, light, color },
  examples: [
    { say: 'mach das Licht in der Küche blau', args: { area: 'küche', color: 'blau' } },
    { say: 'stell die Stehlampe auf grün', args: { light: 'stehlampe', color: 'grün' } },
  ],
  not: ['das Licht ist blau'],
  run: () => ({}),
});
