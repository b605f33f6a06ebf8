/**
 * What `heed init` and `heed new` write. The command files are both TypeScript and JavaScript: all types come from the
 * slots.
 */

/** The example of a new project. It needs no devices, and does what it says. */
export const timerCommand = `import { CommandError, defineCommand, duration, list } from 'heed';

const daySeconds = 24 * 60 * 60;

// A file in this folder is a command, named after the file. heed loads it again whenever you save it.
export default defineCommand({
  description: 'Starts a timer, and says when the time is up.',
  // What can be said: [optional] words, (one|another), and {slots}.
  phrases: ['(set|start) [a|an|the] [{label}] timer for {time}', '(set|start) [a|an|the] {time} [{label}] timer'],
  // The gaps in the phrases; \`args\` below gets its types from them.
  slots: { time: duration(), label: list(['tea', 'egg', 'pasta', 'laundry']) },
  // Checked whenever the file is loaded, and shown as help.
  examples: [
    { say: 'set a timer for five minutes', args: { time: 300 } },
    { say: 'start a ten second tea timer', args: { time: 10, label: 'tea' } },
  ],
  // Sentences that sound like this command but are none.
  not: ['what is a timer'],
  run({ args: { time, label }, say }) {
    if (time === 0 || time > daySeconds)
      throw new CommandError('A timer must be longer than zero seconds and at most one day.');
    const name = label === undefined ? 'timer' : \`\${label} timer\`;
    const timer = setTimeout(() => say(\`The \${name} is done.\`), time * 1000);
    return { say: \`The \${name} is set.\`, undo: () => clearTimeout(timer) };
  },
});
`;

/** The test of that example: `heed test` passes when the phrase means what is expected. */
export const timerCase = {
  say: 'please set a tea timer for two and a half minutes',
  expected: { command: 'timer', args: { time: 150, label: 'tea' } },
};

/** Returns the source of a new command. `words` is its name as one would say it. */
export function newCommand(words: string): string {
  return `import { defineCommand, list } from 'heed';

// Change the phrases to what you want to say, and \`run\` to what shall happen then; save, and a running heed knows it.
// Try it without a microphone: npx heed say "set the ${words} to medium"
export default defineCommand({
  description: 'Sets the ${words}.',
  // [optional] words, (one|another), {slots}.
  phrases: ['(set|change|turn) [the] ${words} to {level}', '[the] ${words} {level}'],
  // A slot is a list(), number(), percent(), duration() or text(). A value can have several names.
  slots: { level: list(['low', 'medium', { value: 'high', say: ['high', 'maximum'] }]) },
  // Checked whenever the file is loaded.
  examples: [
    { say: 'set the ${words} to medium', args: { level: 'medium' } },
    { say: '${words} maximum', args: { level: 'high' } },
  ],
  // For a command whose mistake would be costly, add: risk: 'high'. heed then asks before it runs.
  run({ args }) {
    return { say: \`The ${words}: \${args.level}.\` };
  },
});
`;
}

/** For editors, and for `tsc`. It fits ES modules and CommonJS alike, because heed compiles the files. */
export const tsconfig = `{
  "compilerOptions": {
    "target": "es2023",
    "module": "preserve",
    "moduleResolution": "bundler",
    "strict": true,
    "noEmit": true,
    "skipLibCheck": true
  },
  "include": ["commands"]
}
`;
