import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import type { Config } from '../config/index.ts';
import { asHeedError, type ErrorCode } from '../errors.ts';
import {
  download,
  formatTranscript,
  isUrl,
  Journal,
  seconds,
  toChunksJson,
  transcribeFile,
  type FileProgress,
  type FileSegment,
  type FileTranscript,
  type TranscriptFormat,
} from '../files/index.ts';
import type { Ears } from '../session/index.ts';
import { keepInput, standardInput } from './input.ts';
import { clock, ProgressBar } from './progress-bar.ts';
import { printJson, type CommonOptions } from './program.ts';
import { writeOutput } from './write-output.ts';

const endings: Record<TranscriptFormat, string> = {
  text: 'txt',
  json: 'json',
  srt: 'srt',
  vtt: 'vtt',
  verbose_json: 'json',
};

/** What is wrong with the file itself. */
const hopeless = new Set<ErrorCode>(['bad-audio', 'not-found', 'too-large']);

/** The options of `heed transcribe`. Those that insanely-fast-whisper has too are named as there. */
export interface TranscribeOptions extends CommonOptions {
  fileName?: string;
  modelName?: string;
  task: 'transcribe' | 'translate';
  batchSize?: number;
  timestamp: 'chunk' | 'word';
  transcriptPath?: string;
  format: TranscriptFormat;
  output?: string;
  resume?: boolean;
}

/** What the run of one file needs. */
export interface FileRunContext {
  config: Config;
  ears: Ears;
  signal: AbortSignal;
  options: TranscribeOptions;
  isOneOfMany: boolean;
}

/** Returns the path that the transcript of an input is written to; undefined means standard output. */
export function outputOf(
  input: string,
  { output, format, isFolder }: { output: string | undefined; format: TranscriptFormat; isFolder: boolean },
): string | undefined {
  if (output === undefined || !isFolder) return output;
  const name = nameOf(input);
  return join(output, `${name.slice(0, name.length - extname(name).length)}.${endings[format]}`);
}

/** Transcribes one input of `heed transcribe` and writes its outputs. */
export class FileRun {
  readonly #input: string;
  readonly #context: FileRunContext;
  readonly #output: string | undefined;
  readonly #bar: ProgressBar;
  readonly #startedMs = performance.now();
  #progress: FileProgress = { heardMs: 0, doneMs: 0, share: 0 };

  constructor(input: string, context: FileRunContext) {
    this.#input = input;
    this.#context = context;
    this.#output = outputOf(input, {
      ...context.options,
      output: context.options.output,
      isFolder: context.isOneOfMany,
    });
    this.#bar = new ProgressBar(nameOf(input));
  }

  /** Transcribes the input and writes its outputs. If it is interrupted, the journal stays, and a later run resumes. */
  async finish(): Promise<void> {
    const folder = isElsewhere(this.#input) ? await mkdtemp(join(tmpdir(), 'heed-file-')) : undefined;
    let journal: Journal | undefined;
    try {
      const file = folder === undefined ? this.#input : await this.#fetch(join(folder, 'audio'));
      journal = await this.#openJournal(file);
      const transcript = await this.#transcribe(file, journal);
      await this.#write(transcript);
      await journal?.remove();
      this.#bar.clear();
      this.#tellSpeed();
    } catch (error) {
      // A later run could not go on with a file that is itself at fault.
      if (hopeless.has(asHeedError(error).code)) await journal?.remove();
      throw error;
    } finally {
      this.#bar.clear();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }
  }

  async #fetch(path: string): Promise<string> {
    const { config, signal } = this.#context;
    if (this.#input === standardInput) {
      await keepInput(path, { maxBytes: config.audio.maxUploadBytes, signal });
      return path;
    }
    await download(this.#input, {
      path,
      signal,
      maxBytes: config.audio.maxUploadBytes,
      onProgress: (doneBytes, totalBytes) =>
        this.#bar.show({
          share: totalBytes === undefined ? 0 : Math.min(1, doneBytes / totalBytes),
          text: `${Math.round(doneBytes / 1e6)} MB fetched`,
        }),
    });
    return path;
  }

  async #openJournal(file: string): Promise<Journal | undefined> {
    const { config, ears, options } = this.#context;
    const beside =
      this.#output ??
      options.transcriptPath ??
      (options.resume === true ? (isElsewhere(this.#input) ? nameOf(this.#input) : this.#input) : undefined);
    if (beside === undefined) return undefined;
    await mkdir(dirname(beside), { recursive: true });
    const subject = {
      model: ears.transcriber.info.model,
      language: config.language,
      task: options.task,
      vad: config.vad,
    };
    const journal = await Journal.open(`${beside}.heed-part`, { file, options: subject });
    if (journal.size > 0)
      console.error(
        `${nameOf(this.#input)}: resuming where an earlier run stopped (${journal.size} stretches of speech are done).`,
      );
    return journal;
  }

  async #transcribe(file: string, journal: Journal | undefined): Promise<FileTranscript> {
    const { config, ears, signal, options } = this.#context;
    const segments: FileSegment[] = [];
    if (this.#printsText && this.#context.isOneOfMany) console.log(`${this.#input}:`);
    for await (const segment of transcribeFile(file, {
      config,
      ears,
      signal,
      task: options.task,
      onProgress: (progress) => this.#show(progress),
      onEarlyEnd: ({ message }) => this.#warn(message),
      ...(options.batchSize === undefined ? {} : { sideBySide: options.batchSize }),
      ...(journal ? { memory: journal } : {}),
    })) {
      segments.push(segment);
      this.#bar.clear();
      if (options.json === true) printJson(this.#toLine(segment));
      else if (this.#printsText) console.log(segment.text);
    }
    return { durationMs: this.#progress.heardMs, language: segments[0]?.language ?? config.language, segments };
  }

  async #write(transcript: FileTranscript): Promise<void> {
    const { format, task, timestamp, transcriptPath, json } = this.#context.options;
    const timestamps = timestamp === 'word' ? (['word'] as const) : (['segment'] as const);
    const text = (): string =>
      format === 'text'
        ? transcript.segments.map((segment) => `${segment.text}\n`).join('')
        : formatTranscript(transcript, {
            format,
            task,
            timestamps: format === 'verbose_json' && timestamp === 'word' ? ['segment', 'word'] : timestamps,
          });
    if (this.#output !== undefined) await writeOutput(this.#output, text());
    else if (json !== true && format !== 'text') process.stdout.write(text().replace(/\n*$/, '\n'));
    if (transcriptPath !== undefined)
      await writeOutput(transcriptPath, `${JSON.stringify(toChunksJson(transcript, timestamps[0]))}\n`);
  }

  /** Whether the text is printed sentence by sentence while the file is being transcribed. */
  get #printsText(): boolean {
    const { json, format, transcriptPath } = this.#context.options;
    return json !== true && format === 'text' && this.#output === undefined && transcriptPath === undefined;
  }

  #toLine({ startMs, endMs, text, language, confidence, words }: FileSegment): unknown {
    return {
      file: this.#input,
      start: seconds(startMs),
      end: seconds(endMs),
      text,
      language,
      confidence,
      words: words.map((word) => ({
        word: word.word,
        start: seconds(word.startMs),
        end: seconds(word.endMs),
        confidence: word.confidence,
      })),
    };
  }

  #warn(message: string): void {
    this.#bar.clear();
    console.error(`⚠ ${nameOf(this.#input)}: ${message}`);
  }

  #show(progress: FileProgress): void {
    this.#progress = progress;
    const share = progress.heardMs > 0 ? progress.share * (progress.doneMs / progress.heardMs) : 0;
    this.#bar.show({ share, text: `${clock(progress.doneMs)}, ${this.#speed(progress.doneMs)}` });
  }

  #speed(doneMs: number): string {
    return `${(doneMs / Math.max(1, performance.now() - this.#startedMs)).toFixed(1)}× real time`;
  }

  #tellSpeed(): void {
    if (!process.stderr.isTTY) return;
    const { heardMs } = this.#progress;
    const target = this.#output === undefined ? '' : ` → ${this.#output}`;
    const spent = clock(performance.now() - this.#startedMs);
    console.error(`✓ ${nameOf(this.#input)}${target}: ${clock(heardMs)} in ${spent} (${this.#speed(heardMs)})`);
  }
}

/** Whether an input is first copied to a file. */
function isElsewhere(input: string): boolean {
  return isUrl(input) || input === standardInput;
}

/** Returns the last part of a path or address. */
function nameOf(input: string): string {
  if (input === standardInput) return 'standard-input';
  if (!isUrl(input)) return basename(input);
  const { pathname, hostname } = new URL(input);
  return basename(pathname) || hostname;
}
