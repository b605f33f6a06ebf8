import { parentPort, workerData } from 'node:worker_threads';
import { asHeedError } from '../errors.ts';
import { loading, type AskedTask, type TaskReply, type Tasks } from './asked-thread.ts';
import { RunGuard } from './run-guard.ts';

/** In a thread that `AskedThread` has started: loads what its tasks need, and does one after the other. */
export async function serveTasks<Data extends object>(load: (data: Data) => Promise<Tasks>): Promise<void> {
  const port = parentPort!;
  const { guard: cells, ...data } = workerData as Data & { guard: Int32Array };
  const guard = new RunGuard(cells);
  const answer = async (id: number, work: () => Promise<unknown>): Promise<void> => {
    let reply: TaskReply;
    try {
      reply = { id, result: await guard.during(work) };
    } catch (error) {
      const { code, message } = asHeedError(error);
      reply = { id, failure: { code, message } };
    }
    port.postMessage(reply);
  };
  let tasks: Tasks | undefined;
  await answer(loading, async () => {
    tasks = await load(data as unknown as Data);
  });
  if (!tasks) return;
  const known = tasks;
  let tail: Promise<void> = Promise.resolve();
  port.on('message', (task: AskedTask | undefined) => {
    tail = tail.then(() => {
      if (!task) return port.close();
      return answer(task.id, async () => known[task.name]!(...(task.values as never[])));
    });
  });
}
