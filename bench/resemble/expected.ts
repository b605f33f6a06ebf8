import { z } from 'zod';
import { HeedError } from '../../src/errors.ts';
import type { Expected } from '../lib/expected.ts';

const argsSchema = z.record(z.string(), z.unknown());

/**
 * Reads `name {"arg":value} + name {…}`: commands in the order in which they must run; an empty text has none.
 * @throws HeedError `bad-config` for anything else
 */
export function readExpected(text: string): Expected[] {
  if (text.trim() === '') return [];
  return text
    .trim()
    .split(/(?<=\}|(?:^|\+ )[\w/-]+) \+ (?=[\w/-]+(?: \{| \+ |$))/)
    .map((part) => {
      const [, command, args = '{}'] = /^([\w/-]+)(?:\s+(\{.*\}))?$/.exec(part.trim()) ?? [];
      if (command === undefined)
        throw new HeedError('bad-config', `A command and its arguments as JSON were expected, but "${part}" came.`);
      try {
        return { command, args: argsSchema.parse(JSON.parse(args)) };
      } catch (error) {
        throw new HeedError(
          'bad-config',
          `The arguments of ${command} were expected as a JSON object, but ${args} came.`,
          {
            cause: error,
          },
        );
      }
    });
}
