import { randomUUID } from 'node:crypto';
import type { Heed, OpenSessionOptions } from '../heed.ts';
import { StreamClock, type Ears } from '../session/index.ts';
import type { UtteranceTrace } from '../trace/index.ts';
import { framesOfFile, hearAtLeisure } from './hear-samples.ts';
import { PatientEars } from './patient-ears.ts';

type Options = Pick<OpenSessionOptions, 'language' | 'contexts'>;

/** What was understood of a recording: its utterances in order, and the messages of errors. */
export interface Understood {
  utterances: UtteranceTrace[];
  errors: string[];
}

/** Understands an audio file without running commands, and independently of this machine's speed. */
export function understandFile(path: string, heed: Heed, ears: Ears, options: Options): Promise<Understood> {
  return understandFrames(framesOfFile(path, heed.config), heed, ears, options);
}

/** Does the same with audio that comes frame by frame. */
export async function understandFrames(
  frames: AsyncIterable<Float32Array>,
  heed: Heed,
  ears: Ears,
  options: Options,
): Promise<Understood> {
  const leisure = { ears: new PatientEars(ears), clock: new StreamClock() };
  const sessionId = randomUUID();
  const errors: string[] = [];
  const stop = heed.bus.subscribe({ session: sessionId, types: ['error'] }, (event) => {
    if (event.type === 'error') errors.push(event.message);
  });
  const session = await heed.openSession({ ...options, sessionId, dryRun: true, ...leisure });
  // Recordings are understood with and without a wake phrase.
  session.press();
  try {
    await hearAtLeisure(session, frames, leisure);
    return { utterances: heed.traces.list(sessionId).reverse(), errors };
  } finally {
    await session.close();
    stop();
  }
}
