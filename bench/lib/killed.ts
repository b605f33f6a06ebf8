// The process that is killed: it runs the commands that its parent asks for, and writes them to a journal.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { defaultConfig } from '../../src/config/index.ts';
import { Dispatcher } from '../../src/dispatch/index.ts';
import { openJournal } from '../../src/journal/index.ts';
import { Contexts, Registry } from '../../src/registry/index.ts';

/** What the parent asks for: a command that it has asked for before has the same key. */
export interface KilledRequest {
  key: string;
  delayMs: number;
}

const dir = process.argv[2]!;
const registry = new Registry({ language: 'en' });
registry.add('work', {
  phrases: ['work'],
  async run({ key, phrase }) {
    await delay(Number(phrase));
    // The effect of the command, which nobody can take back.
    appendFileSync(join(dir, 'effects'), `${key}\n`);
    await delay(Number(phrase));
  },
});
const logged: string[] = [];
const log = (line: string): void => void logged.push(line);
const journal = await openJournal({ path: join(dir, 'journal.db'), max: 1_000_000, log });
const dispatcher = new Dispatcher({
  config: { ...defaultConfig.dispatch, maxRunning: 1_000 },
  registry,
  state: { get: () => undefined, set: () => undefined },
  journal,
  log,
  publish: () => undefined,
});
const session = dispatcher.open({ id: 's', contexts: new Contexts(registry), publish: () => undefined });

process.on('message', (message) => {
  const { key, delayMs } = message as KilledRequest;
  const match = { command: 'work', args: {}, score: 1, via: 'exact', phrase: String(delayMs), candidates: [] } as const;
  void session
    .run({ ...match, candidates: [] }, { language: 'en', spokenAtMs: performance.now(), key })
    .then(({ status }) => process.send!({ key, status }));
});
process.send!({ ready: true, logged });
