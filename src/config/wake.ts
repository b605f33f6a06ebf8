import { HeedError } from '../errors.ts';
import { wakePhrases } from './command-options.ts';

/**
 * Returns a wake phrase, or several, as a list; an empty text is none.
 * @throws HeedError `bad-config`
 */
export function checkWake(wake: string | readonly string[]): string[] {
  const parsed = wakePhrases.safeParse(typeof wake === 'string' ? [wake].filter((text) => text.trim() !== '') : wake);
  if (parsed.success) return parsed.data;
  throw new HeedError(
    'bad-config',
    `This is no wake phrase: ${parsed.error.issues.map(({ message }) => message).join('; ')}.`,
  );
}
