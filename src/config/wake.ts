import { HeedError } from '../errors.ts';
import { wakeChoice } from './command-options.ts';

/**
 * Returns a wake phrase, or several, as a list; an empty text is none.
 * @throws HeedError `bad-config`
 */
export function checkWake(wake: string | readonly string[]): string[] {
  const parsed = wakeChoice.safeParse(wake);
  if (parsed.success) return parsed.data;
  const messages = parsed.error.issues.map(({ message }) => message).join('; ');
  throw new HeedError('bad-config', `This is no wake phrase: ${messages}.`);
}
