import type { Command } from 'commander';
import { transcribeFile } from '../file-transcription.ts';
import { createHeed } from '../heed.ts';
import { exitCodes, overrides, printJson, verb, withSpeech, type CommonOptions } from './program.ts';

/** `heed transcribe FILE…`: text of audio files, without commands. */
export function transcribeVerb(done: (code: number) => void): Command {
  return withSpeech(verb('transcribe', 'Write down what is said in audio files; no command runs', [
    'heed transcribe meeting.m4a',
    'heed transcribe --language de --json interview.ogg',
  ]))
    .option('--translate', 'write it in English (multilingual models)')
    .argument('<files...>', 'audio files: WAV, FLAC, Ogg, MP3, M4A, WebM')
    .action(async (files: string[], options: CommonOptions & { translate?: boolean }) => {
      const heed = await createHeed({
        ...(options.config === undefined ? {} : { configFile: options.config }),
        config: overrides(options),
        commandsDir: false,
      });
      try {
        const ears = await heed.ears();
        for (const file of files) {
          if (files.length > 1 && options.json !== true) console.log(`${file}:`);
          const read = { config: heed.config, ears, words: options.json === true, ...(options.translate === undefined ? {} : { translate: options.translate }) };
          for await (const { startMs, endMs, transcript } of transcribeFile(file, read)) {
            if (options.json !== true) console.log(transcript.text);
            else {
              const seconds = (ms: number): number => Math.round(ms) / 1000;
              printJson({
                file, start: seconds(startMs), end: seconds(endMs), text: transcript.text, language: transcript.language, confidence: transcript.confidence,
                words: transcript.words.map((word) => ({ word: word.word, start: seconds(startMs + word.startMs), end: seconds(startMs + word.endMs), confidence: word.confidence })),
              });
            }
          }
        }
        done(exitCodes.done);
      } finally {
        await heed.close();
      }
    });
}
