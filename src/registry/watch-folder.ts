import { watch } from 'chokidar';

/** Editors write a file in several steps, so changes within this time count as one. */
const settleMs = 50;

/** What could not be done is tried again after this time, then after twice that, and so on up to a longest time, ms. */
const [againMs, maxAgainMs] = [2_000, 60_000];

/** What a watcher reports. */
export interface FolderListener {
  /**
   * Called when files have changed, one call at a time. The first call comes when watching begins, for changes made
   * before that. If it resolves with true, it is called again soon.
   */
  onChange: () => Promise<boolean>;
  /** Called when changes may go unnoticed from now on. */
  onError: (error: unknown) => void;
}

/** Watches the files of a folder. Returns a function that stops it and waits for a call that is still running. */
export function watchFolder(dir: string, { onChange, onError }: FolderListener): () => Promise<void> {
  const watcher = watch(dir, { ignoreInitial: true, ignored: (path) => path.includes('node_modules') });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  let waitMs = againMs;
  const call = async (): Promise<void> => {
    if (isStopped) return;
    const isAgain = await onChange();
    if (!isStopped && isAgain) after(waitMs);
    waitMs = isAgain ? Math.min(maxAgainMs, 2 * waitMs) : againMs;
  };
  const after = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(call);
    }, ms);
  };
  const soon = (): void => after(settleMs);
  watcher.on('all', soon).on('ready', soon).on('error', onError);
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await watcher.close();
    await running;
  };
}
