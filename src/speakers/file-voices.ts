import type { Config } from '../config/index.ts';
import type { WorkOptions } from '../models/index.ts';
import { AskedThread } from '../platform/asked-thread.ts';
import { childModule } from '../platform/child-module.ts';
import { optionsOf } from './diarization.ts';
import type { FileSpeakers } from './file-diarizer.ts';
import type { FileVoicesData, FileVoicesTasks } from './file-voices-worker.ts';
import type { SpeakerCount } from './global-clustering.ts';
import { ensureVoiceModels } from './native-models.ts';

/** Finds who speaks when in one recording. Everything rejects with `closed` after `close()`. */
export interface FileVoices {
  /** Takes the next samples, 16 kHz; resolves when they have been looked at. */
  push(samples: Float32Array): Promise<void>;
  /** Says who spoke when, after all samples. */
  finish(count: SpeakerCount): Promise<FileSpeakers>;
  /** Says what a recording of one voice sounds like, 16 kHz; resolves to undefined when it is too short to tell. */
  describe(samples: Float32Array): Promise<Float32Array | undefined>;
  /** Ends the thread after its current run. Idempotent. */
  close(): Promise<void>;
}

/**
 * Fetches the models for voices if necessary, and loads them in a thread for one recording.
 * @throws HeedError `fetch-failed`, `bad-model`, `native-failed`, `aborted`
 */
export async function openFileVoices(
  { speakers, models }: Pick<Config, 'speakers' | 'models'>,
  work: WorkOptions = {},
): Promise<FileVoices> {
  const paths = await ensureVoiceModels(models, work);
  const data: FileVoicesData = { paths, options: optionsOf(speakers) };
  const thread = new AskedThread<FileVoicesTasks>({
    module: childModule('./file-voices-worker', import.meta.url),
    data,
    what: 'The thread that tells the voices of a recording apart',
    advice: 'Try the file again.',
  });
  try {
    await thread.loaded;
  } catch (error) {
    await thread.close();
    throw error;
  }
  return {
    push: (samples) => thread.ask('push', [samples]),
    finish: (count) => thread.ask('finish', [count]),
    describe: (samples) => thread.ask('describe', [samples]),
    close: () => thread.close(),
  };
}
