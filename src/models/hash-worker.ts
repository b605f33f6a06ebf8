// The main module of a thread that hashes one file.
import { parentPort, workerData } from 'node:worker_threads';
import { hashStream, type HashNews } from './hash.ts';

const tell = (news: HashNews): void => parentPort!.postMessage(news);

/** Progress is told after so many bytes. */
const tellEvery = 16 * 1024 * 1024;

let toldBytes = 0;
const onBytes = (doneBytes: number): void => {
  if (doneBytes - toldBytes < tellEvery) return;
  toldBytes = doneBytes;
  tell({ doneBytes });
};

hashStream(workerData as string, { onBytes }).then(
  (sha256) => tell({ sha256 }),
  (error: unknown) => tell({ error: String(error) }),
);
