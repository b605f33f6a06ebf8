export { createHeed, Heed, type HeedOptions, type OpenSessionOptions } from './heed.ts';
export { Session } from './session/session.ts';
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
export { duration, list, number, percent, text, type Slot } from './grammar/index.ts';
export type { CommandMatch, CommandOutcome, DecoderGraph, SpeechSegment, Transcript, Word } from './types.ts';
export type { ReadOptions, SegmentAudio, Transcriber, TranscriberInfo } from './transcribe/transcriber.ts';
