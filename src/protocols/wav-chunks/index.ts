import type { Upgrade, Protocol } from '../../server/protocol.ts';
import { WavChunksConnection } from './connection.ts';

/** The protocol of recorders that know nothing of heed: WAV files of half a second go in, text comes out. */
export const wavChunksProtocol: Protocol = (context) => {
  const upgrade: Upgrade = (channel, target) => new WavChunksConnection(channel, context, target);
  return { upgrades: { '/transcribe': upgrade, '/transcription': upgrade } };
};
