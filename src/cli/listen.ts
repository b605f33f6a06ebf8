import type { Command } from 'commander';
import type { Heed } from '../heed.ts';
import { msToSamples } from '../types.ts';
import type { CliHost } from './host.ts';
import { EventPrinter } from './event-printer.ts';
import { LiveLine, meter } from './live-line.ts';
import {
  contextOption,
  exitCodes,
  heedOptions,
  verb,
  withSpeech,
  type CommonOptions,
  type ContextOptions,
} from './program.ts';
import { recorders } from './recorder-programs.ts';
import { record, type RecordOptions, type Recording } from './recorders.ts';

type ListenOptions = CommonOptions & ContextOptions & RecordOptions;

/** How often the level meter moves. */
const meterSamples = msToSamples(60);

/** `heed listen` takes the microphone of this machine through all stages, in the terminal. */
export function listenVerb({ done, createHeed }: CliHost): Command {
  return withSpeech(
    verb('listen', 'Listen to the microphone of this machine, and run what is said', [
      'heed listen',
      'heed listen --json | jq .type',
      'heed listen --recorder arecord --device plughw:1',
      'heed listen --recorder "ssh kitchen arecord -q -t raw -f S16_LE -r 16000 -c 1"',
    ]),
  )
    .option(
      '--recorder <name>',
      `${recorders.map(({ program }) => program).join(', ')}, or a command that writes 16 kHz mono 16-bit samples ` +
        '(default: the first that works)',
    )
    .option('--device <name>', 'the microphone, by the name that the recorder knows it by')
    .addOption(contextOption())
    .action(async (options: ListenOptions) => {
      const isJson = options.json === true;
      const heed = await createHeed(heedOptions(options, isJson ? { transcribe: { partials: false } } : {}));
      try {
        // Until the model is loaded, Ctrl+C ends the process as usual.
        await heed.ears();
        done(await listenUntilInterrupted(heed, options));
      } finally {
        await heed.close();
      }
    });
}

async function listenUntilInterrupted(heed: Heed, options: ListenOptions): Promise<number> {
  const interrupt = interruptible();
  try {
    const recording = await record(options, interrupt.signal);
    await listen(heed, recording, { ...options, isInterrupted: () => interrupt.signal.aborted });
    return interrupt.code ?? exitCodes.done;
  } catch (error) {
    if (interrupt.code === undefined) throw error;
    return interrupt.code;
  } finally {
    interrupt.stopWatching();
  }
}

interface Interrupt {
  /** The exit code, once a signal has come. */
  code: number | undefined;
  readonly signal: AbortSignal;
  stopWatching: () => void;
}

function interruptible(): Interrupt {
  const controller = new AbortController();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const end = (name: NodeJS.Signals): void => {
    interrupt.code = name === 'SIGINT' ? exitCodes.interrupted : exitCodes.done;
    controller.abort();
  };
  const interrupt: Interrupt = {
    code: undefined,
    signal: controller.signal,
    stopWatching: () => signals.forEach((name) => process.removeListener(name, end)),
  };
  for (const name of signals) process.on(name, end);
  return interrupt;
}

/** Listens until the recorder ends; then nobody is there to answer a question any more. */
async function listen(
  heed: Heed,
  { program, samples, words, stop }: Recording,
  { json = false, context: contexts = [], isInterrupted }: ListenOptions & { isInterrupted: () => boolean },
): Promise<void> {
  const line = new LiveLine(process.stdout);
  const print = (text: string): void => (process.stdout.isTTY ? line.print(text) : console.log(text));
  new EventPrinter(heed, json, { print });
  let partial = '';
  if (!json) {
    heed.on('segment.partial', ({ text }) => {
      partial = text;
      if (!process.stdout.isTTY) console.log(`        … ${text}`);
    });
    heed.on('segment.final', () => {
      partial = '';
    });
  }
  try {
    const session = await heed.openSession({ contexts });
    // Nothing that heed says is spoken here.
    session.setPlaying(false);
    if (!json) print(`Listening with ${program}: speak. Ctrl+C ends.`);
    let sinceMeter = meterSamples;
    for await (const chunk of samples) {
      sinceMeter += chunk.length;
      if (!json && sinceMeter >= meterSamples) {
        line.show(`${meter(chunk)} ${partial}`);
        sinceMeter = 0;
      }
      await session.push(chunk);
    }
    if (isInterrupted()) return;
    const flushed = session.flush();
    await Promise.race([flushed, session.settled()]);
    flushed.catch(() => undefined);
    await session.close();
    if (!json) print(`${program} ended${words() === '' ? '.' : `: ${words()}`}`);
  } finally {
    line.clear();
    stop();
    // After Ctrl+C, what was said halfway is dropped, and a command that still runs keeps nobody waiting.
    if (isInterrupted()) await heed.dispatcher.close();
  }
}
