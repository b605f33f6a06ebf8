import { inspect } from 'node:util';
import { z } from 'zod';
import { errorCodes, HeedError, type ErrorCode } from '../errors.ts';
import { CommandError, HandlerStopped } from '../registry/command.ts';

/** Longer texts are cut: a speaker or a log has no use for more. */
const [maxMessage, maxStack] = [2_000, 20_000];

/** An error as it goes from one process to another. */
export const wiredErrorSchema = z.object({
  kind: z.enum(['command', 'stopped', 'heed', 'other']),
  name: z.string(),
  message: z.string(),
  stack: z.string(),
  code: z.string().exactOptional(),
  /** The number of an error that came from the gateway and goes back to it. */
  ref: z.int().exactOptional(),
});

export type WiredError = z.infer<typeof wiredErrorSchema>;

/** Errors that came from the gateway, with their numbers. */
const refs = new WeakMap<object, number>();

/** Returns an error in the form in which it can be sent, whatever was thrown. */
export function encodeError(error: unknown): WiredError {
  try {
    const stack = cut(inspect(error), maxStack);
    if (!(error instanceof Error)) return { kind: 'other', name: 'Error', message: cut(stack, maxMessage), stack };
    const ref = refs.get(error);
    return {
      kind: kindOf(error),
      name: cut(String(error.name), 100),
      message: cut(String(error.message), maxMessage),
      stack,
      ...(error instanceof HeedError ? { code: error.code } : {}),
      ...(ref === undefined ? {} : { ref }),
    };
  } catch {
    const message = 'Something was thrown that cannot be shown.';
    return { kind: 'other', name: 'Error', message, stack: message };
  }
}

/** Makes an error of what was sent. */
export function decodeError({ kind, name, message, stack, code, ref }: WiredError): Error {
  const error = make(kind, {
    name,
    message,
    code: code !== undefined && code in errorCodes ? (code as ErrorCode) : 'internal',
  });
  Object.defineProperty(error, 'stack', { value: stack });
  if (ref !== undefined) refs.set(error, ref);
  return error;
}

function kindOf(error: Error): WiredError['kind'] {
  if (error instanceof CommandError) return 'command';
  if (error instanceof HandlerStopped) return 'stopped';
  return error instanceof HeedError ? 'heed' : 'other';
}

function make(
  kind: WiredError['kind'],
  { name, message, code }: { name: string; message: string; code: ErrorCode },
): Error {
  switch (kind) {
    case 'command':
      return new CommandError(message);
    case 'stopped':
      return new HandlerStopped(code, message);
    case 'heed':
      return new HeedError(code, message);
    case 'other':
      return Object.assign(new Error(message), { name });
  }
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
