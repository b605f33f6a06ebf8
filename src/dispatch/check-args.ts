import { z } from 'zod';
import type { Command } from '../registry/index.ts';

/** Checks a match's arguments against the slots of its command; returns what is wrong with them as a sentence. */
export function checkArgs(
  command: Command,
  args: Record<string, unknown>,
): { args: Record<string, unknown> } | { reason: string } {
  const shape = Object.fromEntries(Object.entries(command.slots).map(([name, slot]) => [name, slot.schema.optional()]));
  const parsed = z.strictObject(shape).safeParse(args);
  if (parsed.success) return { args: parsed.data };
  const faults = parsed.error.issues.map((issue) => [...issue.path, issue.message].join(': '));
  return { reason: `The arguments do not fit ${command.name}: ${faults.join('; ')}.` };
}
