/** A whole heed in a process of its own, with ears that understand tones: `node --import tsx tone-server.ts PORT`. */
import { createHeed, defineCommand } from '../../src/index.ts';
import { ToneEars } from './fake-ears.ts';

const ears = new ToneEars();
const heed = await createHeed({
  commands: { lamp: defineCommand({ phrases: ['turn on the lamp'], run: () => ({ say: 'Done.' }) }) },
  commandsDir: false,
  config: { server: { port: Number(process.argv[2]) }, dispatch: { maxAgeMs: 3_600_000 } },
  vad: ears.vad,
  transcriber: ears.transcriber,
});
console.log((await heed.listen()).url);
