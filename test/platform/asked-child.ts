// The thread of asked-thread.test.ts.
import { HeedError } from '../../src/errors.ts';
import { serveTasks } from '../../src/platform/serve-tasks.ts';

/** What the thread does. */
export type ChildTasks = {
  add: (a: number, b: number) => number;
  fail: () => void;
  end: () => void;
};

await serveTasks<{ isBroken: boolean }>(({ isBroken }): Promise<ChildTasks> => {
  if (isBroken) return Promise.reject(new HeedError('bad-model', 'It is damaged.'));
  let sum = 0;
  return Promise.resolve({
    add: (a, b) => (sum += a + b),
    fail: () => {
      throw new HeedError('bad-audio', 'It is no sound.');
    },
    end: () => process.exit(1),
  });
});
