import { defineCommand, list } from 'heed';

export default defineCommand({
  description: 'Starts and ends the slide show, or blanks it.',
  // "Open the presentation" is a phrase of the command for files, too.
  priority: 1,
  phrases: ['{action} the (presentation|slide show)', '{action} presenting', '{blank} the (slides|slide show)'],
  slots: {
    action: list([
      { value: 'start', say: ['start', 'begin', 'open'] },
      { value: 'end', say: ['end', 'stop', 'finish'] },
    ]),
    blank: list([
      { value: true, say: ['hide', 'blank'] },
      { value: false, say: ['show'] },
    ]),
  },
  examples: [
    { say: 'start the presentation', args: { action: 'start' } },
    { say: 'hide the slides', args: { blank: true } },
  ],
  not: ['the presentation starts at noon', 'a good presentation'],
  run: () => ({}),
});
