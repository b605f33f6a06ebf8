import { defineCommand, list } from 'heed';

export default defineCommand({
  description: 'Starts, pauses, resumes or aborts the task at hand.',
  phrases: ['{action} (the|your|this) (task|job|mission)', '{action} [the] (inventory|patrol)'],
  slots: {
    action: list([
      'start',
      'pause',
      { value: 'resume', say: ['resume', 'continue'] },
      { value: 'abort', say: ['abort', 'cancel'] },
    ]),
  },
  examples: [
    { say: 'pause the task', args: { action: 'pause' } },
    { say: 'start the inventory', args: { action: 'start' } },
  ],
  not: ['the task is paused', 'a tough job'],
  risk: 'medium',
  run: () => ({}),
});
