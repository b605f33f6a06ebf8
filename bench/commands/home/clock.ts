import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Ask for the time.',
  phrases: ['what is the time', 'what time is it', 'tell me the time'],
  examples: [{ say: "what's the time" }],
  run: () => ({ say: new Date().toLocaleTimeString('en') }),
});
