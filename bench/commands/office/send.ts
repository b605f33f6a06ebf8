import { defineCommand, text } from 'heed';
import { file, person } from './_meeting.ts';

export default defineCommand({
  description: 'Sends a file or a message to somebody.',
  phrases: [
    '(send|email|forward) [me|{person}] the {file}',
    '(send|email|forward) the {file} to {person}',
    '(share|show|open) the {file}',
    '(message|text) {person} [that] {message}',
  ],
  slots: { file, person, message: text({ maxWords: 12 }) },
  examples: [
    { say: 'send the budget to Maria', args: { file: 'budget', person: 'maria' } },
    { say: 'open the agenda', args: { file: 'agenda' } },
    { say: 'message Peter we have started', args: { person: 'peter', message: 'we have started' } },
  ],
  not: ['i sent the budget to maria', 'send my regards to peter', 'it takes ten minutes'],
  risk: 'medium',
  run: () => ({}),
});
