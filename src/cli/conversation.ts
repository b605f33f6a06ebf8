import { randomUUID } from 'node:crypto';
import { asHeedError, HeedError } from '../errors.ts';
import type { Heed } from '../heed.ts';
import type { Session } from '../session/index.ts';

/** What a conversation needs. */
export interface ConversationOptions {
  heed: Heed;
  session: Session;
  contexts: readonly string[];
  /** Prints the help. */
  print: (lines: string) => void;
  /** Called with each phrase before it is understood. */
  onPhrase?: (phrase: string) => void;
}

const help = `A line is a phrase, or the answer to a question.
  /help   shows this
  /undo   takes back the last command; so does "undo", unless a command of yours means something by it
  /quit   ends the conversation, like Ctrl+D`;

/**
 * Takes typed lines one after the other: the next one when the last has been acted on, or when heed asks something,
 * which that line then answers. Resolves when the lines end, or with /quit.
 */
export async function converse(lines: AsyncIterable<string>, options: ConversationOptions): Promise<void> {
  // A line that answers a question was typed for this very question, so it counts as much as a button.
  let promptId = '';
  const stop = options.heed.bus.subscribe({ session: options.session.id, types: ['prompt'] }, (event) => {
    if (event.type === 'prompt' && event.kind !== 'say') promptId = event.prompt_id;
  });
  try {
    await take(lines, options, () => promptId);
  } finally {
    stop();
  }
}

async function take(lines: AsyncIterable<string>, options: ConversationOptions, promptId: () => string): Promise<void> {
  for await (const line of lines) {
    const text = line.trim();
    if (text === '') continue;
    if (text === '/quit') return;
    if (text === '/help') options.print(helpText(options));
    else if (text === '/undo' || isPlainUndo(text, options)) await undo(options);
    else {
      options.onPhrase?.(text);
      const { session } = options;
      if (session.expects(text) && session.answer(promptId(), text)) await session.settled();
      else await say(text, options);
    }
  }
}

async function say(text: string, { heed, session }: ConversationOptions): Promise<void> {
  let stop = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    stop = heed.bus.subscribe({ session: session.id, types: ['prompt'] }, (event) => {
      if (event.type === 'prompt' && event.kind !== 'say') resolve();
    });
  });
  const said = session.say(text).catch((error: unknown) => session.report(asHeedError(error)));
  await Promise.race([said, asked]);
  stop();
  await session.settled();
}

/** "undo" is understood without any command, unless it answers a question or is a command. */
function isPlainUndo(text: string, { heed, session }: ConversationOptions): boolean {
  return text.toLowerCase() === 'undo' && !session.isAsking && heed.understand(text).match === undefined;
}

async function undo({ heed, session }: ConversationOptions): Promise<void> {
  try {
    const undone = await session.undoLast();
    if (!undone) throw new HeedError('not-found', 'There is nothing to take back.');
    heed.bus.publish(session.id, {
      type: 'prompt',
      command: undone.command,
      prompt_id: randomUUID(),
      kind: 'say',
      text: `Taken back: “${undone.phrase}”.`,
    });
  } catch (error) {
    session.report(asHeedError(error));
  }
}

function helpText({ heed, contexts }: ConversationOptions): string {
  const commands = heed.registry.describe(heed.config.language, contexts);
  const shown = commands.map(({ name, examples, phrases }) => `  ${name}: “${examples[0] ?? phrases[0] ?? ''}”`);
  return [help, ...(shown.length === 0 ? [] : ['You can say:', ...shown])].join('\n');
}
