// The thread of a journal file. A disk may take long to write, and the process that serves all streams must not wait.
import { parentPort, workerData } from 'node:worker_threads';
import { JournalFile, type JournalFileOptions } from './journal-file.ts';

/** What can be asked for. */
export type JournalMethod =
  'takeUnknown' | 'takePlanned' | 'plan' | 'unplan' | 'begin' | 'end' | 'add' | 'list' | 'purge' | 'close';

export interface JournalRequest {
  id: number;
  method: JournalMethod;
  args: readonly unknown[];
}

export type JournalReply = { id: number } & ({ value: unknown } | { error: string });

let file: JournalFile | undefined;

parentPort!.on('message', ({ id, method, args }: JournalRequest) => {
  let reply: JournalReply;
  try {
    file ??= new JournalFile(workerData as JournalFileOptions);
    const call = file[method].bind(file) as (...all: readonly unknown[]) => unknown;
    reply = { id, value: call(...args) };
  } catch (error) {
    reply = { id, error: (error as Error).message };
  }
  parentPort!.postMessage(reply);
});
