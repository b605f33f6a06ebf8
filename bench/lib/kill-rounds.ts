import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { openJournalFile, type JournalEntry } from '../../src/journal/index.ts';
import { repositoryDir } from './arguments.ts';
import type { KilledRequest } from './killed.ts';
import { createRandom } from './random.ts';

/** What became of all commands. */
export interface KillResult {
  kills: number;
  /** Commands that were asked for. */
  commands: number;
  /** How often one was asked for again, because nothing was heard of it. */
  repeats: number;
  done: number;
  /** Their process was killed before it was known how they ended. */
  unknown: number;
  /** Of the unknown ones, those that had their effect. */
  unknownWithEffect: number;
  /** Had an effect, or were reported as done, and are not in the journal as that. */
  lost: number;
  /** Had their effect more than once. */
  twice: number;
}

/** How many commands are under way, and the longest time, ms, that half of a handler takes and that a process lives. */
const [maxOpen, maxHandlerMs, maxLifeMs] = [8, 12, 150];

/**
 * Kills a process that runs commands, again and again at random moments. Like a client that hears nothing, it asks the
 * next process again for whatever was not acknowledged.
 */
export async function killRounds(kills: number, dir: string, seed = 1): Promise<KillResult> {
  const random = createRandom(seed);
  mkdirSync(dir, { recursive: true });
  const out = join(repositoryDir, 'build', `kill-${process.pid}`);
  const script = await compile(out);
  const open = new Map<string, KilledRequest>();
  const acknowledged = new Set<string>();
  let [commands, repeats] = [0, 0];
  const request = (): KilledRequest => ({ key: `request-${commands++}`, delayMs: Math.round(random() * maxHandlerMs) });
  for (let kill = 0; kill < kills; kill++) {
    const child = fork(script, [dir], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const ask = (wanted: KilledRequest): void => {
      open.set(wanted.key, wanted);
      if (child.connected) child.send(wanted, () => undefined);
    };
    const ready = new Promise<void>((resolve) => {
      child.on('message', (message) => {
        if ((message as { ready?: true }).ready === true) return resolve();
        const { key, status } = message as { key: string; status: string };
        if (status === 'done') acknowledged.add(key);
        // Refused: it has begun before.
        open.delete(key);
        ask(request());
      });
    });
    await Promise.race([ready, ended]);
    repeats += open.size;
    for (const wanted of [...open.values()]) ask(wanted);
    while (open.size < maxOpen) ask(request());
    await delay(random() * maxLifeMs);
    child.kill('SIGKILL');
    await ended;
  }
  const result = judge(dir, await entriesOf(dir), acknowledged);
  rmSync(out, { recursive: true, force: true });
  return { kills, commands, repeats, ...result };
}

/** Compiles the process once, because it starts very often. It lies in the repository, where it finds packages. */
async function compile(outdir: string): Promise<string> {
  await build({
    entryPoints: [join(repositoryDir, 'bench/lib/killed.ts'), join(repositoryDir, 'src/journal/journal-worker.ts')],
    bundle: true,
    splitting: true,
    entryNames: '[name]',
    chunkNames: '[hash]',
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outdir,
    logLevel: 'error',
  });
  return join(outdir, 'killed.js');
}

/** Returns the journal as the next start finds it. */
async function entriesOf(dir: string): Promise<JournalEntry[]> {
  const file = await openJournalFile({ path: join(dir, 'journal.db'), max: 1_000_000 });
  file.takeUnknown();
  const entries = file.list();
  file.close();
  return entries;
}

function judge(
  dir: string,
  entries: readonly JournalEntry[],
  acknowledged: ReadonlySet<string>,
): Omit<KillResult, 'kills' | 'commands' | 'repeats'> {
  const path = join(dir, 'effects');
  const effects = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
  const begun = new Map(entries.filter(({ status }) => status !== 'refused').map((entry) => [entry.key, entry.status]));
  const statuses = [...begun.values()];
  return {
    done: statuses.filter((status) => status === 'done').length,
    unknown: statuses.filter((status) => status === 'unknown').length,
    unknownWithEffect: new Set(effects.filter((key) => begun.get(key) === 'unknown')).size,
    lost:
      new Set(effects.filter((key) => !begun.has(key))).size +
      [...acknowledged].filter((key) => begun.get(key) !== 'done').length +
      statuses.filter((status) => status === 'running').length,
    twice: effects.length - new Set(effects).size,
  };
}
