import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config } from '../config/index.ts';
import { asHeedError, type ErrorCode } from '../errors.ts';
import {
  diarizeFile,
  download,
  formatTranscript,
  Journal,
  speakerTurns,
  toChunksJson,
  transcribeFile,
  withSpeakers,
  type FileOptions,
  type FileProgress,
  type FileSegment,
  type FileTranscript,
  type SpeakerOptions,
  type TranscriptFormat,
} from '../files/index.ts';
import type { Ears } from '../session/index.ts';
import { keepInput, standardInput } from './input.ts';
import { clock, ProgressBar } from './progress-bar.ts';
import { printJson, type CommonOptions } from './program.ts';
import type { SpeakerArguments } from './speaker-count.ts';
import { transcriptLine } from './transcript-line.ts';
import { bareNameOf, isElsewhere, nameOf, outputOf } from './transcript-names.ts';
import { writeOutput } from './write-output.ts';

/** What is wrong with the file itself. */
const hopeless = new Set<ErrorCode>(['bad-audio', 'not-found', 'too-large']);

/** The options of `heed transcribe`. Those that insanely-fast-whisper has too are named as there. */
export interface TranscribeOptions extends CommonOptions, SpeakerArguments {
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
  /** Absent where only who speaks when is wanted. */
  ears: Ears | undefined;
  signal: AbortSignal;
  options: TranscribeOptions;
  /** Opens what tells the voices of one file apart; absent where nobody wants that. */
  openSpeakers?: (() => Promise<SpeakerOptions>) | undefined;
  isOneOfMany: boolean;
}

/** What a file is read with. */
interface ReadingParts {
  ears: Ears;
  journal: Journal | undefined;
  speakers: SpeakerOptions | undefined;
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
    if (!ears) return undefined;
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
    const { config, ears, openSpeakers } = this.#context;
    const speakers = await openSpeakers?.();
    try {
      if (!ears) return await diarizeFile(file, { ...this.#following, speakers: speakers!, language: config.language });
      if (this.#printsText && this.#context.isOneOfMany) console.log(`${this.#input}:`);
      const segments: FileSegment[] = [];
      for await (const segment of this.#read(file, { ears, journal, speakers })) {
        segments.push(segment);
        if (!speakers) this.#print(segment);
      }
      const { heardMs: durationMs } = this.#progress;
      const transcript = { durationMs, language: segments[0]?.language ?? config.language, segments };
      if (!speakers) return transcript;
      // Who is who shows only when the whole file has been heard.
      const turns = await speakerTurns(speakers);
      const said = withSpeakers(segments, turns);
      for (const segment of said) this.#print(segment);
      return { ...transcript, segments: said, turns };
    } finally {
      await speakers?.voices.close();
    }
  }

  #read(file: string, { ears, journal, speakers }: ReadingParts): AsyncGenerator<FileSegment> {
    const { config, options } = this.#context;
    return transcribeFile(file, {
      ...this.#following,
      config,
      ears,
      task: options.task,
      ...(speakers ? { onSamples: (samples: Float32Array) => speakers.voices.push(samples) } : {}),
      ...(options.batchSize === undefined ? {} : { sideBySide: options.batchSize }),
      ...(journal ? { memory: journal } : {}),
    });
  }

  /** How the work on a file is shown and stopped. */
  get #following(): Pick<FileOptions, 'signal' | 'onProgress' | 'onEarlyEnd'> {
    return {
      signal: this.#context.signal,
      onProgress: (progress) => this.#show(progress),
      onEarlyEnd: ({ message }) => this.#warn(message),
    };
  }

  #print(segment: FileSegment): void {
    this.#bar.clear();
    if (this.#context.options.json === true) printJson(transcriptLine(this.#input, segment));
    else if (this.#printsText) console.log(lineOf(segment));
  }

  async #write(transcript: FileTranscript): Promise<void> {
    const { format, task, timestamp, transcriptPath, json } = this.#context.options;
    const timestamps = timestamp === 'word' ? (['word'] as const) : (['segment'] as const);
    const text = (): string =>
      format === 'text'
        ? transcript.segments.map((segment) => `${lineOf(segment)}\n`).join('')
        : formatTranscript(transcript, {
            format,
            task,
            recording: bareNameOf(this.#input),
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

/** A segment as a line of text, with who said it. */
function lineOf({ text, speaker }: FileSegment): string {
  return speaker === undefined ? text : `${speaker}: ${text}`;
}
