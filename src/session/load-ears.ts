import type { Config } from '../config/index.ts';
import type { Log } from '../log.ts';
import { ensureModel, findInCatalogue, type ModelProgress } from '../models/index.ts';
import type { Ears } from './ears.ts';
import { createTranscriber, type Transcriber } from '../transcribe/index.ts';
import { WatchedTranscriber, type ReadingListener } from '../transcribe/watched-transcriber.ts';
import { createVad, type Vad } from '../vad/index.ts';

/** Something of your own, or the function that makes it when it is first needed. */
export type Brought<T> = T | (() => T | Promise<T>);

/** What the ears are made of. */
export interface EarsOptions {
  config: Config;
  vad?: Brought<Vad> | undefined;
  transcriber?: Brought<Transcriber> | undefined;
  onModelProgress?: ((progress: ModelProgress) => void) | undefined;
  /** Told of each reading; may change at any time. */
  listeners: ReadonlySet<ReadingListener>;
  log: Log;
}

/** Loads the voice activity model and the recogniser, or takes those that the user has brought. */
export async function loadEars(options: EarsOptions): Promise<Ears> {
  const { config, listeners, log } = options;
  const { vad = () => createVad(config.vad) } = options;
  // The speech model is fetched first: that may take minutes or fail, and no VAD thread should be started for it.
  const transcriber = options.transcriber ?? (await fetchWhisper(options));
  const madeVad = await made(vad);
  try {
    const inner = await made(transcriber);
    const { model, backend, workers } = inner.info;
    log('The models are loaded.', { level: 'info', model, backend, workers });
    return { vad: madeVad, transcriber: new WatchedTranscriber(inner, listeners) };
  } catch (error) {
    await madeVad.close();
    throw error;
  }
}

/** Fetches the models of heed's own recogniser; returns the function that loads them. */
async function fetchWhisper({ config, onModelProgress, log }: EarsOptions): Promise<() => Promise<Transcriber>> {
  const { models, transcribe } = config;
  const fetched = (name: string): Promise<string> =>
    ensureModel(name, models, onModelProgress ? { onProgress: onModelProgress } : {});
  const modelPath = await fetched(transcribe.model);
  const second = transcribe.second === '' ? {} : { secondPath: await fetched(transcribe.second) };
  const isCatalogued = (name: string): boolean => findInCatalogue(name) !== undefined;
  return () => createTranscriber(transcribe, modelPath, { log, isCatalogued, ...second });
}

async function made<T>(brought: Brought<T>): Promise<T> {
  return typeof brought === 'function' ? await (brought as () => T | Promise<T>)() : brought;
}
