// Prints how long the default model takes to read a second of speech, ms.
import { defaultConfig } from '../../src/config/index.ts';
import { ensureModel } from '../../src/models/index.ts';
import { createTranscriber } from '../../src/transcribe/index.ts';
import { humanSample } from '../speech.ts';

const { transcribe, models } = defaultConfig;
const transcriber = await createTranscriber(
  { ...transcribe, engine: 'in-process', workers: 1 },
  await ensureModel(transcribe.model, models),
);
const audio = transcriber.open('pace');
audio.append((await humanSample()).subarray(0, 16_000));
const startMs = performance.now();
await audio.read({ segmentId: 'second', priority: 'final' });
console.log(performance.now() - startMs);
audio.close();
await transcriber.close();
