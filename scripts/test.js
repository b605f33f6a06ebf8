// npm test: the set-up, then lint, types and every test. `npm test -- PATTERN…` runs only matching test files.
import { runMain, setup } from './setup.js';
import { run } from './run.js';

await runMain(async () => {
  await setup();
  const patterns = process.argv.slice(2);
  const { ensureBrowser } = await import('./get-browser.js');
  if (patterns.length === 0 || patterns.some((pattern) => pattern.includes('e2e'))) await ensureBrowser();
  const node = process.execPath;
  const steps = [
    ['Format', [node, ['scripts/format.js', '--check']]],
    ['Lint', [node, ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', '.']]],
    ['Types', [node, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']]],
    ['Types of the page', [node, ['node_modules/typescript/bin/tsc', '-p', 'web/tsconfig.json']]],
  ];
  if (patterns.length === 0) {
    for (const [name, [program, args]] of steps) {
      console.error(`▶ ${name}`);
      if ((await run(program, args)) !== 0) {
        console.error(`✗ ${name} failed.`);
        return 1;
      }
    }
  }
  console.error('▶ Tests');
  return await run(node, ['node_modules/vitest/vitest.mjs', 'run', ...patterns]);
});
