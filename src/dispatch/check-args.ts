import { z } from 'zod';
import type { Command } from '../registry/index.ts';

/** The arguments of a match as the slots of the command have them, or what is wrong with them in words. */
export function checkArgs(
  command: Command,
  args: Record<string, unknown>,
): { args: Record<string, unknown> } | { reason: string } {
  const shape = Object.fromEntries(Object.entries(command.slots).map(([name, slot]) => [name, slot.schema.optional()]));
  const parsed = z.strictObject(shape).safeParse(args);
  if (parsed.success) return { args: parsed.data };
  return {
    reason: `The arguments do not fit ${command.name}: ${parsed.error.issues.map((issue) => [...issue.path, issue.message].join(': ')).join('; ')}.`,
  };
}
