export { WavChunksConnection } from './connection.ts';

/** The paths on which whole WAV files are sent and text comes back. */
export const wavChunksPaths = ['/transcribe', '/transcription'] as const;
