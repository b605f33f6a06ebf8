// Waits for the thread of diarization until it has caught up, asks it something, and has nothing more to do.
import { defaultConfig } from '../../src/config/index.ts';
import { createDiarization } from '../../src/speakers/index.ts';

const diarization = await createDiarization(defaultConfig);
const stream = diarization.openStream(() => undefined);
for (let second = 0; second < 8; second++) stream.push(new Float32Array(16_000));
await stream.ready();
console.log('ready');
const answer = stream.who(0, 8).catch((error: { code: string }) => console.log(error.code));
stream.close();
await answer;
await stream.who(0, 8).catch((error: { code: string }) => console.log(error.code));
