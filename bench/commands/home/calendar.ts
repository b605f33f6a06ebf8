import { defineCommand } from 'heed';

export default defineCommand({
  description: 'Ask for the date.',
  phrases: ["what is (today's date|the date [today])", 'what day is (it|today)'],
  examples: [{ say: "what's the date" }],
  run: () => ({ say: new Date().toDateString() }),
});
