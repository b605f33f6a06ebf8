// A heed that a test kills and starts again: it takes phrases from its parent, and passes its events on.
import { join } from 'node:path';
import { createHeed } from '../../src/index.ts';
import { unhurried } from '../patience.ts';

const [dir, options] = process.argv.slice(2) as [string, string];
const log = (line: string): void => void process.send!({ log: line });
const heed = await createHeed({
  commandsDir: join(dir, 'commands'),
  journalFile: join(dir, 'journal.db'),
  config: unhurried({ dispatch: JSON.parse(options) as object }),
  log,
});
heed.bus.subscribe({}, (event) => void process.send!({ event }));
const session = await heed.openSession({ audio: false });
process.on('message', (text: string) => void session.say(text));
log('ready');
