// A server that ends as that of the command line does, with ears that understand tones: `served.ts`. Its options come
// from the environment. The first line of its output is its address.
import { writeSync } from 'node:fs';
import { runServer } from '../../src/cli/run-server.ts';
import { createHeed } from '../../src/index.ts';
import { ToneEars } from '../server/fake-ears.ts';
import { commands } from '../server/harness.ts';

const { vad, transcriber } = new ToneEars();
const heed = await createHeed({ commands, commandsDir: false, vad, transcriber });
await runServer(
  heed,
  {
    done: (code) => {
      process.exitCode = code;
    },
  },
  (url) => writeSync(1, `${url}\n`),
);
