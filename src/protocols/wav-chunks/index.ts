import type { Upgrade, Protocol } from '../../server/protocol.ts';
import { WavChunksConnection } from './connection.ts';

/** The protocol of recorders that do not know heed: they send WAV files of half a second, and get text. */
export const wavChunksProtocol: Protocol = (context) => {
  const upgrade: Upgrade = (channel, target) => new WavChunksConnection(channel, context, target);
  return { upgrades: { '/transcribe': upgrade, '/transcription': upgrade } };
};
