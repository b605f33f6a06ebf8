// npm start: runs the set-up, then starts the server with the page.
import { pathToFileURL } from 'node:url';
import { runMain, setup } from './setup.js';

await runMain(async () => {
  await setup();
  const { runCli } = await import(pathToFileURL('dist/main.js').href);
  return await runCli(['dev', ...process.argv.slice(2)]);
});
