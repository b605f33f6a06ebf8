import { defineCommand, list } from 'heed';

export default defineCommand({
  description: 'Records the meeting.',
  phrases: [
    '{action} [the] recording',
    '{action} recording [this|the] [meeting|call]',
    '{record} (this|the) (meeting|call|talk)',
  ],
  slots: {
    action: list([
      'start',
      { value: 'stop', say: ['stop', 'end'] },
      'pause',
      { value: 'resume', say: ['resume', 'continue'] },
    ]),
    record: list([{ value: true, say: ['record'] }]),
  },
  examples: [
    { say: 'start recording', args: { action: 'start' } },
    { say: 'record this meeting', args: { record: true } },
  ],
  not: ['the recording has stopped', 'a new world record'],
  risk: 'medium',
  run: () => ({}),
});
