// The main module of a host: it imports command files and runs their handlers, as the gateway asks it to. It runs until
// the channel to the gateway closes. Whatever a handler does here, the gateway goes on.
import { AsyncLocalStorage } from 'node:async_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CommandContext, CommandInfo, CommandResult, Undo } from '../registry/command.ts';
import { checkResult } from '../registry/command-result.ts';
import { importDefault } from '../registry/import-command.ts';
import { endWithParent } from '../platform/end-with-parent.ts';
import type { ListFunction } from '../grammar/index.ts';
import { Recent } from '../platform/recent.ts';
import { currentRun, HostRun } from './host-run.ts';
import { monotonicMs } from './monotonic.ts';
import type { FromHost, HostRequest, ImportReply, ToHost } from './messages.ts';
import { toBeCalled } from './remote-list.ts';
import { encode } from './wire.ts';
import { decodeError, encodeError } from './wire-error.ts';

/** How many functions that take a command back are kept, and for how many situations what can be said. */
const [maxUndo, maxCommands] = [1_000, 32];
/** Of how many errors that nobody caught it is counted how often they come. */
const maxCounted = 1_000;
/**
 * After how many runs garbage is collected. Small handlers make so little of it that V8 would not collect any for
 * hours, and the gateway keeps what it does for a run until nothing can come from it any more.
 */
const runsPerCollection = 100;

interface Loaded {
  run: (context: CommandContext) => CommandResult | Promise<CommandResult>;
  calls: ((...args: readonly unknown[]) => unknown)[];
}

interface Asked {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

const send = process.send!.bind(process);
const exit = process.exit.bind(process);
const loaded = new Map<string, Loaded>();
const runs = new Map<number, HostRun>();
const asked = new Map<number, Asked>();
const undos = new Recent<number, Undo>(maxUndo);
const commandLists = new Recent<string, readonly CommandInfo[]>(maxCommands);
const state = new Map<string, string>();
/** The file that is being imported, for errors of what it begins. */
const currentFile = new AsyncLocalStorage<string>();
const lateTimes = new Recent<string, number>(maxCounted);
/** The memory of the whole process, MB: objects may fill half of it, which Node sees to, and buffers the rest. */
const maxMemoryMb = 2 * Number(process.argv[2]);
const over = new FinalizationRegistry<number>((run) => tell({ type: 'over', run }));
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
let nextAsk = 0;
let endedRuns = 0;

function tell(message: FromHost): void {
  // Errors are ignored: without a gateway nobody waits for the message, and `disconnect` ends this process.
  send(message, undefined, undefined, () => undefined);
}

function ask(message: (ask: number) => FromHost): Promise<unknown> {
  const number = nextAsk++;
  return new Promise((resolve, reject) => {
    asked.set(number, { resolve, reject });
    tell(message(number));
  });
}

async function load(url: string, timeoutMs: number): Promise<ImportReply> {
  const definition = await currentFile.run(url, () => importDefault(url, timeoutMs));
  const calls: Loaded['calls'] = [];
  const wired = encode(definition, (call, what) => {
    return calls.push(what === 'list' ? toBeCalled(call as ListFunction<never>, state) : call) - 1;
  });
  // What is not a definition is told when the gateway checks it.
  const run = (context: CommandContext): CommandResult | Promise<CommandResult> =>
    (definition as Pick<Loaded, 'run'>).run(context);
  loaded.set(url, { run, calls });
  return { wired };
}

async function run({ id, url, input, startBy }: Extract<HostRequest, { type: 'run' }>): Promise<unknown> {
  // The gateway has given up by now, and the command may run in another host.
  if (monotonicMs() > startBy) throw new Error('The handler could not start in time.');
  tell({ type: 'begun', run: id });
  const { name, list = commandLists.get(name) ?? [] } = input.commands;
  commandLists.set(name, list);
  const one = new HostRun(id, input, { tell, ask, state, commands: () => list });
  over.register(one, id);
  runs.set(id, one);
  try {
    const result = await currentRun.run(id, async () => known(url).run(one.context()));
    const { say, undo } = checkResult(result, 'the command');
    // A run that has said too much has ended already.
    if (say !== undefined && !one.spend('say', say.length)) return {};
    if (undo) undos.set(id, undo);
    return { ...(say === undefined ? {} : { say }), ...(undo ? { undo: id } : {}) };
  } finally {
    runs.delete(id);
    if (++endedRuns % runsPerCollection === 0) setImmediate(collectGarbage);
    const megabytes = Math.round(process.memoryUsage.rss() / 2 ** 20);
    if (megabytes > maxMemoryMb) tell({ type: 'full', megabytes });
  }
}

async function undo(number: number, signal: AbortSignal): Promise<void> {
  await undos.get(number)?.({ signal });
}

function known(url: string): Loaded {
  const found = loaded.get(url);
  if (!found) throw new Error('This version of the command is gone.');
  return found;
}

async function work(request: HostRequest): Promise<unknown> {
  switch (request.type) {
    case 'ping':
      return undefined;
    case 'import':
      return load(request.url, request.timeoutMs);
    case 'run':
      return run(request);
    case 'call':
      return known(request.url).calls[request.call]!(...request.args);
    case 'undo':
      return undo(request.undo, abortable(request.id));
  }
}

const undoing = new Map<number, AbortController>();

function abortable(id: number): AbortSignal {
  const controller = new AbortController();
  undoing.set(id, controller);
  return controller.signal;
}

async function answer(request: HostRequest): Promise<void> {
  const { id } = request;
  try {
    const value = await work(request);
    tell({ type: 'reply', id, value });
  } catch (error) {
    tell({ type: 'error', id, error: encodeError(error) });
  } finally {
    undoing.delete(id);
  }
}

function take(number: number): Asked | undefined {
  const found = asked.get(number);
  asked.delete(number);
  return found;
}

function handle(message: ToHost): void {
  switch (message.type) {
    case 'abort': {
      const reason = decodeError(message.reason);
      runs.get(message.id)?.abort(reason);
      runs.delete(message.id);
      undoing.get(message.id)?.abort(reason);
      break;
    }
    case 'answer':
      take(message.ask)?.resolve(message.value);
      break;
    case 'refuse':
      take(message.ask)?.reject(decodeError(message.error));
      break;
    case 'state':
      state.set(message.topic, message.json);
      break;
    case 'forget':
      loaded.delete(message.url);
      break;
    default:
      void answer(message);
  }
}

/**
 * What nobody catches ends no other command. It belongs to the run or the file that began what failed. One that comes
 * again and again from the same place is told the first time, the tenth, the hundredth and so on.
 */
function late(thrown: unknown): void {
  const [run, url] = [currentRun.getStore(), currentFile.getStore()];
  const error = encodeError(thrown);
  const key = `${run ?? url ?? ''}${/^ +at .*$/m.exec(error.stack)?.[0] ?? ''}`;
  const times = (lateTimes.get(key) ?? 0) + 1;
  lateTimes.set(key, times);
  if (!/^10*$/.test(String(times))) return;
  tell({ type: 'late', ...(run === undefined ? (url === undefined ? {} : { url }) : { run }), times, error });
}

function forbid(what: string): () => never {
  return () => {
    throw new Error(`${what} was called. A command must not end the process that it runs in.`);
  };
}

endWithParent();
// Ctrl-C reaches every process of the terminal, but it is for the gateway to decide when this one ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('uncaughtException', late).on('unhandledRejection', late);
process.on('message', (message) => handle(message as ToHost));
process.once('disconnect', () => exit(0));
Object.assign(process, {
  exit: forbid('process.exit()'),
  abort: forbid('process.abort()'),
  // The channel is the gateway's.
  send: undefined,
  disconnect: undefined,
});
tell({ type: 'ready' });
