import { z } from 'zod';
import type { CommandContext, CommandInfo } from '../registry/index.ts';
import { wiredErrorSchema, type WiredError } from './wire-error.ts';

/**
 * The messages between the gateway and a host, which is a process that runs handlers, over the channel of
 * `child_process` with `serialization: 'advanced'`. The gateway checks what it receives, since anything may happen in a
 * host.
 */

/** What a handler is given, apart from what it does with it. */
export interface RunInput {
  args: Record<string, unknown>;
  phrase: string;
  key: string;
  session: { id: string; language: string };
  speaker: CommandContext['speaker'];
  /** The contexts that are active, and all that commands name. */
  active: readonly string[];
  contexts: readonly string[];
  /** What can be said now, by a name under which the host keeps it; sent when the host does not have it yet. */
  commands: { name: string; list?: readonly CommandInfo[] };
}

/**
 * Gateway → host: each request gets one `reply` or `error` with its id. A handler starts before `startBy`, a time of
 * `monotonicMs`, or never.
 */
export type HostRequest =
  | { type: 'ping'; id: number }
  | { type: 'import'; id: number; url: string; timeoutMs: number }
  | { type: 'run'; id: number; url: string; input: RunInput; startBy: number }
  | { type: 'call'; id: number; url: string; call: number; args: readonly unknown[] }
  | { type: 'undo'; id: number; undo: number };

/** Gateway → host. */
export type ToHost =
  | HostRequest
  | { type: 'abort'; id: number; reason: WiredError }
  | { type: 'answer'; ask: number; value: unknown }
  | { type: 'refuse'; ask: number; error: WiredError }
  | { type: 'state'; topic: string; json: string }
  | { type: 'forget'; url: string };

const id = z.int().nonnegative();

/** Host → gateway. `run` is the id of the request to run the handler that does this; the handler may have ended. */
export const fromHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('reply'), id, value: z.unknown() }),
  z.object({ type: z.literal('error'), id, error: wiredErrorSchema }),
  z.object({ type: z.literal('begun'), run: id }).describe('The handler starts.'),
  z.object({ type: z.literal('say'), run: id, text: z.string() }),
  z.object({ type: z.literal('ask'), run: id, ask: id, question: z.string(), slot: z.unknown() }),
  z.object({ type: z.literal('confirm'), run: id, ask: id, question: z.string() }),
  z.object({ type: z.literal('undoLast'), run: id, ask: id }),
  z.object({ type: z.literal('set'), run: id, topic: z.string(), json: z.string() }),
  z.object({ type: z.literal('enter'), run: id, context: z.string() }),
  z.object({ type: z.literal('leave'), run: id, context: z.string() }),
  z.object({ type: z.literal('over'), run: id }).describe('Nothing can come from this run any more.'),
  z.object({ type: z.literal('full'), megabytes: id }).describe('It takes more memory than it may.'),
  z
    .object({
      type: z.literal('late'),
      run: id.exactOptional(),
      url: z.string().exactOptional(),
      times: id,
      error: wiredErrorSchema,
    })
    .describe('Nobody caught an error of a run, or of what a file began; it has come so many times.'),
]);

export type FromHost = z.infer<typeof fromHostSchema>;

/** What a handler did, as it goes to the gateway. */
export type HostAct = Extract<FromHost, { run: number }>;

/**
 * What the reply to `import` holds: the definition, as `encode` returns it, or that the gateway must import the file
 * itself, because of a slot of its own.
 */
export interface ImportReply {
  wired: unknown;
}

/** What the reply to `run` holds. */
export const resultSchema = z.object({ say: z.string().exactOptional(), undo: id.exactOptional() });
