import { Command } from 'commander';
import { concatSamples } from '../audio/index.ts';
import { HeedError } from '../errors.ts';
import { checkVoiceName, enoughSeconds, unknownVoice, type Enrolled } from '../speakers/index.ts';
import { msToSamples, samplesToMs, type HeardVoice } from '../types.ts';
import { askConsent } from './consent.ts';
import type { CliHost } from './host.ts';
import { checkInputs } from './input.ts';
import { exitCodes, printFileError, printJson, verb, type CommonOptions } from './program.ts';
import { record, type RecordOptions } from './recorders.ts';
import { LiveLine } from './live-line.ts';
import { withVoices, type VoiceTools } from './voice-tools.ts';

type Done = CliHost['done'];

interface AddOptions extends CommonOptions, RecordOptions {
  microphone?: boolean;
  consent?: boolean;
}

/** For how long the microphone is listened to at most, s. */
const longestSeconds = 60;

/** `heed voices` makes people known by their voices, lists them, and forgets them. */
export function voicesVerb({ done }: Pick<CliHost, 'done'>): Command {
  return new Command('voices')
    .description('Make people known by their voices, list them, try one, rename or forget it')
    .addCommand(addVerb(done))
    .addCommand(listVerb(done))
    .addCommand(renameVerb(done))
    .addCommand(removeVerb(done))
    .addCommand(testVerb(done));
}

function addVerb(done: Done): Command {
  const command: Command = verb(
    'add',
    `Make a voice known, with its owner's consent, from at least ${enoughSeconds} s of speech`,
    [
      'heed voices add anna --microphone',
      'heed voices add anna anna-1.wav anna-2.m4a',
      'heed voices add anna anna.wav --consent   # in a script: Anna has agreed',
    ],
  )
    .argument('<name>', 'whose voice it is')
    .argument('[files...]', 'recordings of this person alone; - for standard input')
    .option('--microphone', 'record it now')
    .option('--recorder <name>', 'what to record with, as for heed listen')
    .option('--device <name>', 'the microphone, as for heed listen')
    .option('--consent', 'the person has agreed, and is not asked here')
    .action(async (name: string, files: string[]) => {
      const options = command.optsWithGlobals<AddOptions>();
      if ((files.length === 0) === (options.microphone !== true))
        command.error('error: name the files of a recording, or give --microphone.');
      checkInputs(command, files);
      const checked = checkVoiceName(name);
      await withVoices(options, async (tools) => {
        if (options.consent !== true && !(await askConsent(checked, tools.folder))) {
          console.error('Nothing was kept.');
          return done(exitCodes.failed);
        }
        const speech = await (files.length > 0 ? tools.speechOfFiles(files) : fromMicrophone(options, tools));
        const enrolled = await tools.voices.add(checked, speech);
        if (options.json === true) printJson({ type: 'voice', ...enrolled });
        else printEnrolled(enrolled);
        done(exitCodes.done);
      });
    });
  return command;
}

function listVerb(done: Done): Command {
  const command: Command = verb('list', 'List the known voices', [
    'heed voices list',
    'heed voices list --json',
  ]).action(async () => {
    const options = command.optsWithGlobals<CommonOptions>();
    await withVoices(options, async ({ voices }) => {
      const known = voices.list();
      if (options.json === true) for (const voice of known) printJson({ type: 'voice', ...voice });
      else if (known.length === 0)
        console.log('No voice is known. Make one known with: heed voices add NAME --microphone');
      else
        for (const { name, seconds, enrolledAt, isUsable } of known)
          console.log(
            `${name}: ${seconds.toFixed(0)} s of speech, ${enrolledAt.slice(0, 10)}` +
              (isUsable ? '' : `; made with another model, so it is not recognised: heed voices add "${name}" again`),
          );
      done(exitCodes.done);
      return Promise.resolve();
    });
  });
  return command;
}

function renameVerb(done: Done): Command {
  const command: Command = verb('rename', 'Give a known voice another name', ['heed voices rename anna "Anna B."'])
    .argument('<old>', 'its name')
    .argument('<new>', 'the name it gets')
    .action(async (from: string, to: string) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withVoices(options, ({ voices }) => {
        const name = voices.rename(from, to);
        if (name === undefined) throw unknownVoice(from);
        if (options.json === true) printJson({ type: 'renamed', from, name });
        else
          console.log(`✓ ${from} is ${name} now. Commands that name ${from} as a speaker must name ${name} instead.`);
        done(exitCodes.done);
        return Promise.resolve();
      });
    });
  return command;
}

function removeVerb(done: Done): Command {
  const command: Command = verb('remove', 'Forget voices, with everything that is kept of them', [
    'heed voices remove anna',
  ])
    .argument('<names...>', 'whose voices')
    .action(async (names: string[]) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withVoices(options, async ({ voices }) => {
        for (const name of names) {
          if (!voices.remove(name)) throw unknownVoice(name);
          if (options.json === true) printJson({ type: 'removed', name });
          else console.log(`✓ ${name} is forgotten.`);
        }
        done(exitCodes.done);
        return Promise.resolve();
      });
    });
  return command;
}

function testVerb(done: Done): Command {
  const command: Command = verb('test', 'Say whose voice a recording is, and how surely', [
    'heed voices test visitor.wav',
    'heed voices test *.wav --json',
  ])
    .argument('<files...>', 'recordings; - for standard input')
    .action(async (files: string[]) => {
      const options = command.optsWithGlobals<CommonOptions>();
      checkInputs(command, files);
      await withVoices(options, async ({ voices, speechOfFiles }) => {
        let isFine = true;
        for (const file of files) {
          try {
            const heard = await voices.judge(await speechOfFiles([file]));
            if (options.json === true) printJson({ type: 'heard', file, ...heard });
            else console.log(`${file}: ${heardText(heard)}`);
            isFine &&= heard.doubt === undefined;
          } catch (error) {
            isFine = false;
            printFileError(file, error);
          }
        }
        done(isFine ? exitCodes.done : exitCodes.failed);
      });
    });
  return command;
}

/** Says who was heard: a command that only known voices may give takes a score from the threshold on. */
function heardText({ seconds, scores, threshold, doubt }: HeardVoice): string {
  const [best] = scores;
  const percent = (score: number): string => `${Math.round(100 * score)} %`;
  const all = scores.map(({ name, score }) => `${name} ${percent(score)}`).join(', ');
  const told = all === '' ? '' : ` (${all}; ${percent(threshold)} are needed)`;
  if (doubt) return `${doubt.reason}${told}`;
  if (!best) return 'No voice is known. Make one known with: heed voices add NAME --microphone';
  const who = best.score >= threshold ? best.name : 'nobody who is known';
  return `${who}, in ${seconds.toFixed(1)} s of speech${told}`;
}

function printEnrolled({ name, seconds, alike }: Enrolled): void {
  console.log(`✓ ${name} is known now, from ${seconds.toFixed(0)} s of speech.`);
  if (alike)
    console.error(
      `! ${name} sounds like ${alike.name} (${Math.round(100 * alike.score)} %): heed may take one for the other, or ` +
        'neither. If they are the same person, remove one of the names.',
    );
}

/** Records until there is enough speech. */
async function fromMicrophone(options: AddOptions, { speechOf }: VoiceTools): Promise<Float32Array> {
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  const line = new LiveLine();
  try {
    const { samples, stop } = await record(options, interrupt.signal);
    console.error(`Please speak, in whole sentences, for about ${enoughSeconds + 5} s: read something aloud.`);
    const parts: Float32Array[] = [];
    let speech: Float32Array = new Float32Array(0);
    let recorded = 0;
    for await (const part of samples) {
      parts.push(part);
      const before = recorded;
      recorded += part.length;
      // Looked at once a second.
      if (Math.floor(samplesToMs(recorded) / 1000) === Math.floor(samplesToMs(before) / 1000)) continue;
      speech = await speechOf(concatSamples(parts));
      const seconds = samplesToMs(speech.length) / 1000;
      line.show(`  ${Math.min(enoughSeconds, seconds).toFixed(0)} of ${enoughSeconds} s of speech`);
      if (seconds >= enoughSeconds || recorded >= msToSamples(1000 * longestSeconds)) break;
    }
    stop();
    if (interrupt.signal.aborted) throw new HeedError('aborted', 'The recording was interrupted; nothing was kept.');
    return speech;
  } finally {
    line.clear();
    process.removeListener('SIGINT', onInterrupt);
  }
}
