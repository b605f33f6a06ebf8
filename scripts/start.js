// npm start: the set-up, then the server and the page.
import { pathToFileURL } from 'node:url';
import { runMain, setup } from './setup.js';

await runMain(async () => {
  await setup();
  const { runCli } = await import(pathToFileURL('dist/main.js').href);
  return await runCli(['dev', ...process.argv.slice(2)]);
});
