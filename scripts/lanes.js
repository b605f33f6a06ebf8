// npm run lint, typecheck and test:unit: each runs one part (lane) of the checks, after the set-up that the lane needs.
// npm test runs all lanes.
import { fileURLToPath } from 'node:url';
import { run } from './run.js';
import { runMain, setup } from './setup.js';

/** For each lane, the parts of the set-up that it needs, and the programs that it runs in turn until one fails. */
const lanes = {
  lint: {
    parts: [],
    steps: [
      ['Format', ['scripts/format.js', '--check']],
      ['Lint', ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', '.']],
    ],
  },
  typecheck: {
    parts: [],
    steps: [
      ['Types', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']],
      ['Types of the page', ['node_modules/typescript/bin/tsc', '-p', 'web/tsconfig.json']],
    ],
  },
  unit: {
    parts: ['compile', 'journal'],
    steps: [['Unit tests', ['node_modules/vitest/vitest.mjs', 'run', '--project=unit']]],
  },
  model: {
    parts: ['compile', 'journal', 'page', 'addon', 'model', 'llama'],
    steps: [['Tests with the model and a browser', ['node_modules/vitest/vitest.mjs', 'run', '--project=model']]],
  },
};

/** Runs a lane and gives its programs `more` arguments. Returns the exit code of the program that failed, or 0. */
export async function runLane(name, more = []) {
  const { parts, steps } = lanes[name];
  await setup(parts);
  for (const [title, args] of steps) {
    console.error(`▶ ${title}`);
    const code = await run(process.execPath, [...args, ...more]);
    if (code === 0) continue;
    console.error(`✗ ${title} failed.`);
    return code;
  }
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runMain(() => runLane(process.argv[2], process.argv.slice(3)));
