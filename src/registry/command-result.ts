import { z } from 'zod';
import { HeedError } from '../errors.ts';
import type { Undo } from './command.ts';

const resultSchema = z
  .object({ say: z.string().optional(), undo: z.custom<Undo>((value) => typeof value === 'function').optional() })
  .nullish();

/** What a handler returned, after it was checked. */
export type HandlerResult = { say?: string | undefined; undo?: Undo | undefined };

/**
 * Checks what a handler returned.
 * @throws HeedError `bad-command` when it is neither nothing nor `{ say, undo }`
 */
export function checkResult(result: unknown, command: string): HandlerResult {
  const parsed = resultSchema.safeParse(result);
  if (parsed.success) return parsed.data ?? {};
  throw new HeedError(
    'bad-command',
    `The handler of ${command} must return nothing or { say, undo }: ${z.prettifyError(parsed.error)}`,
  );
}
