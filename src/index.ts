import { createHeed as createHeedAlone, type Heed, type HeedOptions } from './heed.ts';
import { protocols } from './protocols/index.ts';
import { startServer } from './server/index.ts';

export { Heed, type CloseOptions, type HeedOptions, type Listener, type OpenSessionOptions } from './heed.ts';
export type { Brought } from './session/load-ears.ts';
export type { Log, LogDetails, LogLevel } from './log.ts';
export { Session, StreamClock } from './session/index.ts';
export { HeedError, errorCodes, type ErrorCode } from './errors.ts';
export { configSchema, defaultConfig, loadConfig, type Config, type ConfigInput } from './config/index.ts';
export { eventSchema, type EventBody, type EventOf, type EventType, type HeedEvent } from './events/event.ts';
export { CommandError, defineCommand, Registry } from './registry/index.ts';
export type {
  Command,
  CommandContext,
  CommandContexts,
  CommandDefinition,
  CommandInfo,
  CommandResult,
  CommandState,
  Problem,
  Risk,
} from './registry/index.ts';
export * from './grammar/slots/index.ts';
export type {
  AudioFrame,
  Clock,
  CommandMatch,
  CommandOutcome,
  DecoderGraph,
  SpeechSegment,
  Transcript,
  Word,
} from './types.ts';
export type { ReadOptions, SegmentAudio, Transcriber, TranscriberInfo } from './transcribe/transcriber.ts';
export { transcriptOf, type PlainReading } from './transcribe/plain-transcript.ts';
export type { Vad, VadStream } from './vad/index.ts';

/**
 * Creates heed: reads the options and loads the commands. The models are loaded when the first session with audio is
 * opened, or by `listen()`, which starts heed's server with all its protocols unless the option `server` is set.
 * @throws HeedError `bad-config` for options that don't fit
 * @example
 * const hello = defineCommand({
 *   phrases: ['hello {name}'],
 *   slots: { name: text() },
 *   run: ({ args }) => ({ say: `Hello ${args.name}` }),
 * });
 * const heed = await createHeed({ commands: { hello } });
 * heed.on('segment.final', (event) => console.log(event.text));
 * const { url } = await heed.listen();
 */
export function createHeed(options: HeedOptions = {}): Promise<Heed> {
  return createHeedAlone({ server: (heed, { log }) => startServer(heed, { protocols, log }), ...options });
}
