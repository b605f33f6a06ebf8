// npm test: runs every lane of the checks, the quick ones first. `npm test -- PATTERN…` runs only matching test files.
import { ensureBrowser } from './get-browser.js';
import { runLane } from './lanes.js';
import { run } from './run.js';
import { runMain, setup } from './setup.js';

await runMain(async () => {
  const patterns = process.argv.slice(2);
  if (patterns.length > 0) {
    await setup();
    if (patterns.some((pattern) => pattern.includes('e2e'))) await ensureBrowser();
    if (patterns.some((pattern) => pattern.includes('suggest'))) await setup(['llama']);
    return await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...patterns]);
  }
  for (const name of ['lint', 'typecheck', 'unit']) {
    const code = await runLane(name);
    if (code !== 0) return code;
  }
  await setup();
  await ensureBrowser();
  return await runLane('model');
});
