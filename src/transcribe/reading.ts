import { errorCodes, HeedError, type ErrorCode } from '../errors.ts';
import { defaultLanguage } from '../language/index.ts';
import type { Transcript } from '../types.ts';
import type { NativeRead, NativeReading } from './binding.ts';
import { rank } from './queue.ts';
import type { ReadOptions } from './transcriber.ts';

/** The options as the engine takes them, with the defaults filled in. */
export function toNativeRead(
  options: ReadOptions,
  { endSample, beam }: { endSample: number; beam: number },
): Omit<NativeRead, 'threads'> {
  const { priority, language = defaultLanguage, translate = false, nBest = 1, words = false, grammar, boost } = options;
  return {
    priority: rank[priority],
    endSample,
    language,
    translate,
    nBest,
    words,
    positions: 0,
    beam,
    ...(grammar ? { graph: grammar } : {}),
    ...(boost && boost.length > 0 ? { boost } : {}),
  };
}

/** The engine's result as the rest of heed knows it. Times of words are in ms from the start of the audio. */
export function toTranscript(
  reading: NativeReading,
  { segmentId, audioMs }: Pick<Transcript, 'segmentId' | 'audioMs'>,
): Transcript {
  const {
    text,
    words,
    language,
    confidence,
    noSpeechProbability,
    logProbability,
    tokens,
    endMs,
    scores,
    alternatives,
    prompted,
    constrained,
    brokenOff,
    inferenceMs,
    stageMs,
  } = reading;
  return {
    segmentId,
    text,
    words,
    language,
    confidence,
    noSpeechProbability,
    logProbability,
    tokens,
    endMs,
    alternatives,
    ...(scores ? { scores } : {}),
    ...(prompted ? { prompted } : {}),
    ...(constrained ? { constrained } : {}),
    ...(brokenOff && brokenOff.length > 0 ? { brokenOff } : {}),
    audioMs,
    inferenceMs,
    stageMs,
  };
}

/** Turns an error from the addon or a worker into a HeedError with the same code, or `native-failed` if it has none. */
export function engineError(error: unknown): HeedError {
  if (error instanceof HeedError) return error;
  const { code, message } =
    error instanceof Error ? (error as Error & { code?: unknown }) : { code: undefined, message: String(error) };
  return new HeedError(isErrorCode(code) ? code : 'native-failed', message, { cause: error });
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}
