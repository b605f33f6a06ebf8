// `heed serve`, with ears that understand tones: `served.ts ARGUMENT…`. Its options come from the environment.
import { serveVerb } from '../../src/cli/serve.ts';
import { printError } from '../../src/cli/program.ts';
import { createHeed } from '../../src/index.ts';
import { ToneEars } from '../server/fake-ears.ts';
import { commands } from '../server/harness.ts';

const { vad, transcriber } = new ToneEars();
const verb = serveVerb({
  done: (code) => {
    process.exitCode = code;
  },
  createHeed: (options) => createHeed({ ...options, commands, commandsDir: false, vad, transcriber }),
});
try {
  await verb.parseAsync(process.argv.slice(2), { from: 'user' });
} catch (error) {
  printError(error);
  process.exitCode = 1;
}
