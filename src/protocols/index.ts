import type { Protocol } from '../server/protocol.ts';
import { eventsProtocol } from './events/index.ts';
import { metricsProtocol } from './metrics/index.ts';
import { openAiProtocol } from './openai/index.ts';
import { plannedProtocol } from './planned/index.ts';
import { streamProtocol } from './stream/index.ts';
import { utterancesProtocol } from './utterances/index.ts';
import { voicesProtocol } from './voices/index.ts';
import { wavChunksProtocol } from './wav-chunks/index.ts';

/** All protocols of heed's server. */
export const protocols: readonly Protocol[] = [
  streamProtocol,
  eventsProtocol,
  plannedProtocol,
  utterancesProtocol,
  voicesProtocol,
  wavChunksProtocol,
  openAiProtocol,
  metricsProtocol,
];
