import { watch } from 'chokidar';

/** Editors write a file in several steps; changes within this time are one. */
const settleMs = 50;

/** What a watcher tells. */
export interface FolderListener {
  /** Files changed. One call at a time; the first comes when watching has begun, for what changed in the meantime. */
  onChange: () => Promise<void>;
  /** Changes may go unseen from now on. */
  onError: (error: unknown) => void;
}

/** Watches the files of a folder. Answers the function that stops it and waits for a call that is running. */
export function watchFolder(dir: string, { onChange, onError }: FolderListener): () => Promise<void> {
  const watcher = watch(dir, { ignoreInitial: true, ignored: (path) => path.includes('node_modules') });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(() => (isStopped ? undefined : onChange()));
    }, settleMs);
  };
  watcher.on('all', soon).on('ready', soon).on('error', onError);
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await watcher.close();
    await running;
  };
}
