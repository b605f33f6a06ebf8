import { Option, type Command } from 'commander';
import { HeedError } from '../errors.ts';
import { nameVoices, transcriptFormats } from '../files/index.ts';
import type { CliHost } from './host.ts';
import { checkInputs, shownName } from './input.ts';
import { exitCodes, heedOptions, printFileError, verb, withSpeech } from './program.ts';
import { readSpeakerRange, type SpeakerRange } from './speaker-count.ts';
import { FileRun, type TranscribeOptions } from './transcribe-run.ts';
import { outputOf } from './transcript-names.ts';

const maxBatch = 64;

/** `heed transcribe FILE…` writes down what is said in audio files. */
export function transcribeVerb(host: CliHost): Command {
  const command: Command = withSpeech(
    verb('transcribe', 'Write down what is said in audio files; no command runs', [
      'heed transcribe meeting.m4a',
      'heed transcribe --format srt --output talk.srt talk.mp3',
      'heed transcribe --language auto --task translate --transcript-path talk.json https://example.org/talk.mp3',
      'heed transcribe --diarize --min-speakers 2 --format vtt --output interview.vtt interview.ogg',
      'heed transcribe --json interview.ogg',
    ]),
  )
    .argument('[files...]', 'audio files or their web addresses: WAV, FLAC, Ogg, MP3, M4A, WebM; - for standard input')
    .option('--file-name <file>', 'another audio file or address')
    .option('--model-name <name>', 'the same as --model; "openai/whisper-base" means "base"')
    .addOption(
      new Option('--task <task>', 'write the spoken language, or translate into English (multilingual models only)')
        .choices(['transcribe', 'translate'])
        .default('transcribe'),
    )
    .option('--batch-size <n>', 'stretches of speech read side by side, 1–64 (default: twice the workers)', (text) =>
      batchSize(command, text),
    )
    .addOption(
      new Option('--timestamp <unit>', 'whether subtitles and --transcript-path give times of sentences or of words')
        .choices(['chunk', 'word'])
        .default('chunk'),
    )
    .addOption(new Option('--format <format>', 'format of the output').choices([...transcriptFormats]).default('text'))
    .option('--output <path>', 'file to write to, or folder if there are several inputs (default: standard output)')
    .option('--transcript-path <file>', 'JSON file to write the text and its timed chunks to')
    .option('--diarize', 'tell voices apart: who said what, known when the whole file has been heard')
    .option('--num-speakers <n>', 'with --diarize: exactly how many people speak')
    .option('--min-speakers <n>', 'with --diarize: at least so many people speak (default: 1)')
    .option('--max-speakers <n>', 'with --diarize: at most so many people speak (default: speakers.maxSpeakers)')
    .option('--resume', 'resume an interrupted run even without an output file; runs with one always resume')
    .action(async (files: string[], options: TranscribeOptions) => {
      const inputs = [...files, ...(options.fileName === undefined ? [] : [options.fileName])];
      checkUsage(command, inputs, options);
      await transcribeAll(inputs, { ...options, range: readSpeakerRange(command, options) }, host);
    });
  return command;
}

function batchSize(command: Command, text: string): number {
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > maxBatch)
    command.error(`error: --batch-size expects a whole number from 1 to ${maxBatch}; "${text}" came.`);
  return size;
}

function checkUsage(command: Command, inputs: string[], options: TranscribeOptions): void {
  const { output, transcriptPath, format, diarize } = options;
  checkInputs(command, inputs);
  if (inputs.length === 0) command.error('error: name at least one audio file or address.');
  if (inputs.length > 1 && transcriptPath !== undefined)
    command.error(
      'error: --transcript-path takes the transcript of one file; several came. Use --output with a folder.',
    );
  if ((format === 'rttm' || format === 'diarized_json') && diarize !== true)
    command.error(`error: --format ${format} says who spoke when, and needs --diarize.`);
  const outputs = inputs.map((input) => outputOf(input, { output, format: 'text', isFolder: inputs.length > 1 }));
  const twice = output === undefined ? undefined : outputs.find((path, index) => outputs.indexOf(path) !== index);
  if (twice !== undefined)
    command.error(`error: two transcripts would be written to ${twice}. Transcribe these files one by one.`);
}

async function transcribeAll(
  inputs: string[],
  options: TranscribeOptions & { range: SpeakerRange | undefined },
  { done, createHeed }: CliHost,
): Promise<void> {
  const model = options.modelName?.replace(/^openai\/whisper-/, '');
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  const heed = await createHeed({
    ...heedOptions(options, model === undefined ? {} : { transcribe: { model } }),
    commandsDir: false,
  });
  try {
    // Only a list of turns needs no words.
    const { range, format, transcriptPath, json } = options;
    const isWithoutText = format === 'rttm' && transcriptPath === undefined && json !== true;
    const ears = isWithoutText ? undefined : await heed.ears();
    const most = heed.config.speakers.maxSpeakers;
    const count = range && { min: range.min, max: range.max ?? Math.max(range.min, most) };
    let broken = 0;
    for (const input of inputs) {
      const run = new FileRun(input, {
        config: heed.config,
        ears,
        signal: interrupt.signal,
        options,
        openSpeakers:
          count &&
          (async () => ({
            voices: await heed.fileVoices(),
            count,
            nameVoices: (heard) => nameVoices(heard, heed.voices.named),
          })),
        isOneOfMany: inputs.length > 1,
      });
      try {
        await run.finish();
      } catch (error) {
        if (interrupt.signal.aborted) throw error;
        printFileError(shownName(input), error);
        broken++;
      }
    }
    done(broken === 0 ? exitCodes.done : exitCodes.failed);
  } catch (error) {
    if (!(error instanceof HeedError) || error.code !== 'aborted' || !interrupt.signal.aborted) throw error;
    const goesOn = options.output !== undefined || options.transcriptPath !== undefined || options.resume === true;
    console.error(goesOn ? 'Interrupted. Run the same command again to resume.' : 'Interrupted.');
    done(exitCodes.interrupted);
  } finally {
    process.removeListener('SIGINT', onInterrupt);
    await heed.close();
  }
}
