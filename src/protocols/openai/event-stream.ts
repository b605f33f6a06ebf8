import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { asHeedError, HeedError } from '../../errors.ts';
import {
  gapAfter,
  logProbabilitiesOf,
  speakerTurns,
  toDiarizedSegment,
  transcribeFile,
  usageOf,
  withSpeakers,
  type FileOptions,
  type FileSegment,
  type SpeakerOptions,
} from '../../files/index.ts';
import { commonHeaders } from '../../server/respond.ts';
import { openAiError } from './errors.ts';

/** How a transcription is streamed. */
export interface StreamOptions extends FileOptions {
  /** Whether the events have the log-probability of each word. */
  logProbabilities: boolean;
  /** Whether and how the voices are told apart. */
  speakers?: SpeakerOptions | undefined;
  /** Returns what the client is told about an error that ends the stream. */
  publicError: (error: unknown) => HeedError;
}

/**
 * Sends the text of a file sentence by sentence, as Server-Sent Events in OpenAI's form, while the file is being read.
 * Rejects only before the first event, so that such an error can still be a response of its own.
 */
export async function streamTranscript(response: ServerResponse, path: string, options: StreamOptions): Promise<void> {
  const { logProbabilities, publicError, speakers } = options;
  const logprobs: unknown[] = [];
  const heard: FileSegment[] = [];
  let text = '';
  let durationMs = 0;
  let warning: string | undefined;
  const told = (own: unknown[]): object => (logProbabilities ? { logprobs: own } : {});
  try {
    const segments = transcribeFile(path, {
      ...options,
      ...(speakers ? { onSamples: (samples: Float32Array) => speakers.voices.push(samples) } : {}),
      onProgress: ({ heardMs }) => {
        durationMs = heardMs;
      },
      onEarlyEnd: ({ message }) => {
        warning = message;
      },
    });
    for await (const segment of segments) {
      const delta = gapAfter(text) + segment.text;
      const own = logProbabilitiesOf(segment);
      text += delta;
      logprobs.push(...own);
      if (speakers) heard.push(segment);
      send(response, { type: 'transcript.text.delta', delta, ...told(own) });
      await taken(response, options.signal);
    }
    // Who is who shows only when the whole file has been heard.
    const said = speakers ? withSpeakers(heard, await speakerTurns(speakers)) : [];
    for (const [index, segment] of said.entries()) {
      send(response, toDiarizedSegment(segment, index));
      await taken(response, options.signal);
    }
    send(response, {
      type: 'transcript.text.done',
      text,
      ...told(logprobs),
      usage: usageOf({ durationMs }),
      ...(warning === undefined ? {} : { warning }),
    });
  } catch (error) {
    if (!response.headersSent) throw error;
    if (asHeedError(error).code !== 'aborted') send(response, openAiError(publicError(error)), 'error');
  }
  response.end();
}

/** How long a client may take to read what it was sent, ms. */
const maxUnreadMs = 30_000;

/** Resolves when the client has read most of what it was sent: until then, no more of its file is read. */
async function taken(response: ServerResponse, signal: AbortSignal | undefined): Promise<void> {
  if (!response.writableNeedDrain) return;
  const late = AbortSignal.timeout(maxUnreadMs);
  try {
    await once(response, 'drain', { signal: signal ? AbortSignal.any([signal, late]) : late });
  } catch (cause) {
    throw new HeedError(late.aborted ? 'too-slow' : 'aborted', 'The client did not read its text.', { cause });
  }
}

function send(response: ServerResponse, data: object, type = (data as { type: string }).type): void {
  if (!response.headersSent) {
    response.writeHead(200, {
      ...commonHeaders,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies would otherwise hold events back until there are many.
      'x-accel-buffering': 'no',
    });
  }
  response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
}
