// npm run bench -- NAME [--data DIR] [--json]: runs bench/NAME.ts.
import { readdirSync } from 'node:fs';
import { run } from './run.js';
import { runMain, setup } from './setup.js';

await runMain(async () => {
  const [name, ...args] = process.argv.slice(2);
  const names = readdirSync('bench')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3));
  if (!name || !names.includes(name)) {
    console.error(`Usage: npm run bench -- NAME [--data DIR] [--json]; NAME is one of ${names.join(', ')}.`);
    return 2;
  }
  await setup();
  if (name === 'paraphrase') await setup(['llama']);
  return await run(process.execPath, ['--import', 'tsx', `bench/${name}.ts`, ...args]);
});
