import type { Command } from 'commander';
import type { Heed } from '../heed.ts';
import type { CliHost } from './host.ts';
import { converse } from './conversation.ts';
import { EventPrinter } from './event-printer.ts';
import { History } from './history.ts';
import { standardInput } from './input.ts';
import { linesOf } from './lines.ts';
import {
  contextOption,
  exitCodes,
  heedOptions,
  verb,
  withSpeech,
  type CommonOptions,
  type ContextOptions,
} from './program.ts';
import type { Session } from '../session/index.ts';
import { TerminalLines } from './terminal-lines.ts';

const historyFile = '.heed/say-history';

type SayOptions = CommonOptions & ContextOptions;

/** `heed say TEXT` runs a typed phrase as if it had been spoken; without TEXT it is a conversation. */
export function sayVerb({ done, createHeed }: CliHost): Command {
  return withSpeech(
    verb('say', 'Run a typed phrase as if it had been spoken; without one, have a conversation', [
      'heed say "set the kitchen lights to fifty percent"',
      'heed say',
      "printf 'turn on the lights\\nundo\\n' | heed say --json",
      'heed say --context music "next song"',
    ]),
  )
    .argument('[text...]', 'the phrase; without it, or with -, one phrase a line is read from standard input')
    .addOption(contextOption())
    .action(async (words: string[], options: SayOptions) => {
      const isOne = words.length > 0 && words.join(' ') !== standardInput;
      const isTerminal = words.length === 0 && options.json !== true && process.stdin.isTTY && process.stdout.isTTY;
      const heed = await createHeed(heedOptions(options, { commands: { watch: isTerminal } }));
      try {
        if (isTerminal) done(await sayInTerminal(heed, options));
        else done(await sayAll(heed, isOne ? words.join(' ') : undefined, options));
      } finally {
        await heed.close();
      }
    });
}

/** Says one phrase, or each line of standard input; the exit code tells whether all of them ran. */
async function sayAll(
  heed: Heed,
  phrase: string | undefined,
  { json = false, context: contexts = [] }: SayOptions,
): Promise<number> {
  const print = json ? () => undefined : (text: string) => console.log(text);
  const printer = new EventPrinter(heed, json);
  const session = await heed.openSession({ audio: false, contexts });
  const onPhrase = (text: string): void => {
    if (phrase === undefined) print(`> ${text}`);
  };
  const lines = phrase === undefined ? linesOf(process.stdin) : phraseAndAnswers(phrase, session, json);
  try {
    await converse(lines, { heed, session, contexts, print, onPhrase });
  } finally {
    await session.close();
  }
  if (heed.planned.some(({ isKept }) => !isKept)) {
    console.error(
      '! What was given for later will not run, because heed ends here. A file would keep it: dispatch.journal.',
    );
    return exitCodes.failed;
  }
  const { completed, failed, unmatched, errors } = printer.counts;
  return completed > 0 && failed + unmatched + errors === 0 ? exitCodes.done : exitCodes.failed;
}

/** Yields a phrase and, in a terminal, what is typed as long as its command asks something. */
async function* phraseAndAnswers(phrase: string, session: Session, isJson: boolean): AsyncGenerator<string> {
  yield phrase;
  if (!session.isAsking || isJson || !process.stdin.isTTY) return;
  const lines = new TerminalLines({ input: process.stdin, output: process.stdout, prompt: () => '? ' });
  // Nothing is typed any more once the question has been given up.
  void session.flush().then(() => lines.close());
  try {
    for await (const line of lines) {
      yield line;
      if (!session.isAsking) return;
    }
  } finally {
    lines.close();
  }
}

/** A conversation in the terminal; the commands are reloaded when they change. */
async function sayInTerminal(heed: Heed, { context: contexts = [] }: SayOptions): Promise<number> {
  const session = await heed.openSession({ audio: false, contexts });
  const lines = new TerminalLines({
    input: process.stdin,
    output: process.stdout,
    history: new History(historyFile),
    prompt: () => (session.isAsking ? '? ' : '> '),
  });
  const print = (text: string): void => lines.print(text);
  new EventPrinter(heed, false, { print });
  print('Type what you would say. /help shows what that can be, Ctrl+D ends.');
  try {
    await Promise.race([converse(lines, { heed, session, contexts, print }), lines.closed]);
  } finally {
    lines.close();
    // A command that still runs must not keep the speaker waiting.
    await heed.dispatcher.close();
  }
  return exitCodes.done;
}
