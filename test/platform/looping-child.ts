// A program that starts itself as its child, prints the child's process id and waits; the child computes.
import { fork } from 'node:child_process';
import { endWithParent } from '../../src/platform/end-with-parent.ts';

if (process.send) {
  endWithParent();
  process.send(process.pid, () => {
    // Long enough for every test; a child that is forgotten ends some time.
    for (const end = Date.now() + 300_000; Date.now() < end;);
  });
} else {
  fork(import.meta.filename).on('message', (pid) => console.log(pid));
}
