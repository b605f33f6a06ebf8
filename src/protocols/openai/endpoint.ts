import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  formatTranscript,
  transcribeWholeFile,
  type FileOptions,
  type FileVoices,
  type SpeakerOptions,
} from '../../files/index.ts';
import { HeedError } from '../../errors.ts';
import type { ServerContext } from '../../server/context.ts';
import { Places } from '../../server/places.ts';
import type { RouteRequest } from '../../server/protocol.ts';
import { commonHeaders } from '../../server/respond.ts';
import { publicError } from '../../server/public-error.ts';
import { streamTranscript } from './event-stream.ts';
import { namesIn, parseFields, type ResponseFormat, type TranscriptionFields } from './fields.ts';
import { speakersOf } from './known-speakers.ts';
import { checkModel } from './models.ts';
import { takeUpload } from './upload.ts';

/** Whether an uploaded file is written down in its own language or translated into English. */
export type OpenAiTask = 'transcribe' | 'translate';

const contentTypes: Record<ResponseFormat, string> = {
  json: 'application/json; charset=utf-8',
  verbose_json: 'application/json; charset=utf-8',
  diarized_json: 'application/json; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
};

/** Transcribes uploaded audio files, as OpenAI's interface does. */
export class OpenAiEndpoint {
  readonly #context: ServerContext;
  readonly #places: Places;
  readonly #closed = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(context: ServerContext) {
    this.#context = context;
    this.#places = new Places(context.gateway.config.server.maxFiles, 'server.maxFiles');
  }

  /** Responds to one upload. Rejects with what the client did wrong. */
  respond(upload: RouteRequest, task: OpenAiTask): Promise<void> {
    const work = this.#respond(upload, task);
    const settled = work.catch(() => undefined).finally(() => this.#running.delete(settled));
    this.#running.add(settled);
    return work;
  }

  /** Resolves when all requests so far have been responded to. */
  async drain(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Ends all requests; resolves when their files have been removed. */
  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all(this.#running);
  }

  async #respond({ request, response }: RouteRequest, task: OpenAiTask): Promise<void> {
    const leave = this.#places.take();
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, this.#closed.signal]);
    let folder: string | undefined;
    let voices: FileVoices | undefined;
    try {
      folder = await mkdtemp(join(tmpdir(), 'heed-upload-'));
      const path = join(folder, 'audio');
      const form = await takeUpload(request, {
        path,
        signal,
        maxBytes: this.#context.gateway.config.audio.maxUploadBytes,
      });
      const fields = parseFields(form);
      checkTask(fields, task);
      const options = await this.#options(fields, { signal, task });
      if (fields.response_format === 'diarized_json') voices = await this.#context.gateway.fileVoices();
      const most = this.#context.gateway.config.speakers.maxSpeakers;
      const speakers = voices && (await speakersOf(fields, { voices, most }));
      if (!fields.stream) return await respondWhole(response, path, { fields, options, speakers });
      await streamTranscript(response, path, {
        ...options,
        speakers,
        logProbabilities: fields.include.includes('logprobs'),
        publicError: (error) => publicError(error, this.#context.log),
      });
    } finally {
      leave();
      await voices?.close();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }
  }

  async #options(
    { model, language = 'auto', prompt }: TranscriptionFields,
    { signal, task }: { signal: AbortSignal; task: OpenAiTask },
  ): Promise<FileOptions> {
    const { config } = this.#context.gateway;
    const ears = await this.#context.gateway.ears();
    checkModel(model, ears.transcriber.info.model);
    // Only a few chunks of each file are read at a time, so that the queue has room for what people are saying now.
    const sideBySide = ears.transcriber.load().capacity + 1;
    return { config, ears, task, signal, sideBySide, language, boost: namesIn(prompt) };
  }
}

/** OpenAI tells voices apart in the language of the speech only. */
function checkTask({ response_format: format }: TranscriptionFields, task: OpenAiTask): void {
  if (format === 'diarized_json' && task === 'translate')
    throw new HeedError('bad-message', 'The response_format diarized_json is for transcriptions, not translations.');
}

async function respondWhole(
  response: ServerResponse,
  path: string,
  {
    fields,
    options,
    speakers,
  }: { fields: TranscriptionFields; options: FileOptions; speakers: SpeakerOptions | undefined },
): Promise<void> {
  const { response_format: format, timestamp_granularities: timestamps, include } = fields;
  const transcript = await transcribeWholeFile(path, { ...options, ...(speakers ? { speakers } : {}) });
  const text = formatTranscript(transcript, {
    format,
    ...(options.task ? { task: options.task } : {}),
    ...(timestamps ? { timestamps } : {}),
    logProbabilities: include.includes('logprobs'),
  });
  response.writeHead(200, {
    ...commonHeaders,
    'content-type': contentTypes[format],
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(text),
    // Texts and subtitles have no other place for it.
    ...(transcript.warning === undefined ? {} : { 'x-heed-warning': transcript.warning }),
  });
  response.end(text);
}
