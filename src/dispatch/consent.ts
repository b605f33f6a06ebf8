import { languageOf } from '../language/index.ts';
import type { Command } from '../registry/index.ts';
import { consentQuestion } from './consent-question.ts';
import type { Dialog } from './dialog.ts';
import type { PinCheck } from './pin.ts';
import { capitalized } from './plans/due-words.ts';

/** The command that consent is asked for. */
export interface ConsentRequest {
  command: Command;
  args: Record<string, unknown>;
  phrase: string;
  language: string;
  /** When the command will run, in words, if not now. */
  when?: string;
  /** Ends the question when it is aborted. */
  signal: AbortSignal;
}

/**
 * Asks the speaker for what the risk of a command demands. Resolves with the reason against running it, or with
 * undefined. Rejects when no answer comes.
 */
export async function askConsent(
  { command, args, phrase, language, when, signal }: ConsentRequest,
  { dialog, pins }: { dialog: Dialog; pins: PinCheck },
): Promise<string | undefined> {
  const { confirm } = command;
  const { sentences } = languageOf(language);
  // The function gets a copy, so that what is asked about is what runs.
  const asked = typeof confirm === 'function' ? confirm(structuredClone(args)) : confirm;
  // Asked at once where that is possible, before another command can be given.
  const own = asked instanceof Promise ? await asked : asked;
  const text =
    own === undefined
      ? sentences.confirm(when === undefined ? phrase : `${phrase} ${when}`)
      : when === undefined
        ? own
        : `${capitalized(when)}: ${own}`;
  let opening: string | undefined;
  for (;;) {
    if (command.pin && pins.state !== 'open')
      return pins.state === 'none'
        ? `${command.name} needs a PIN, and there is none: set the option dispatch.pin.`
        : 'The PIN was wrong too often; no PIN is taken for a few minutes.';
    const takesPin = command.risk === 'high' && pins.state === 'open';
    const consent = await dialog.ask(consentQuestion({ command, text, language, takesPin, opening, signal }));
    if (typeof consent === 'boolean') return consent ? undefined : 'The speaker said no.';
    if (await pins.check(consent.pin)) return undefined;
    if (dialog.isAsking) return 'Another question came up.';
    opening = sentences.wrongPin;
  }
}
