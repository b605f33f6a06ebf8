// A program that uses worker processes, to test how both end: `parent.ts ENGINE|WORKER.js MODEL idle|stay|exit:MS`.
import { writeSync } from 'node:fs';
import { defaultConfig } from '../../src/config/index.ts';
import { createTranscriber } from '../../src/transcribe/index.ts';

const [engine, modelPath, how] = process.argv.slice(2) as [string, string, string];
const [end, delayMs] = how.split(':');
const transcriber = await createTranscriber(
  { ...defaultConfig.transcribe, workers: 1, engine: engine === 'in-process' ? 'in-process' : 'workers' },
  modelPath,
  {
    ...(engine.endsWith('.js') ? { module: { path: engine, execArgv: [] } } : {}),
  },
);
const audio = transcriber.open('session');
audio.append(new Float32Array(480_000).map((_, index) => Math.sin(index / 20) / 4));
const { text } = await audio.read({ segmentId: 'first', priority: 'final', endSample: 16_000 });
// Whatever is written to a pipe must be sent before the process ends.
writeSync(1, `${text}\n`);
if (end !== 'idle') {
  audio
    .read({ segmentId: 'second', priority: 'final', language: engine.endsWith('.js') ? 'hold-hard' : 'en' })
    .catch(() => undefined);
  // In the middle of the reading.
  if (end === 'exit') setTimeout(() => process.exit(0), Number(delayMs));
}
