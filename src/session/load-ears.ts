import { join } from 'node:path';
import type { Config } from '../config/index.ts';
import type { Log } from '../log.ts';
import { ensureModel, findInCatalogue, type ModelProgress } from '../models/index.ts';
import { autoModel, chooseModel, usual, type ChosenModel } from './auto-model.ts';
import type { Ears } from './ears.ts';
import { createTranscriber, type Transcriber } from '../transcribe/index.ts';
import { measurePace } from '../transcribe/pace.ts';
import { WatchedTranscriber, type ReadingListener } from '../transcribe/watched-transcriber.ts';
import { createVad, type Vad } from '../vad/index.ts';

/** Something of your own, or the function that makes it when it is first needed. */
export type Brought<T> = T | (() => T | Promise<T>);

/** Where the machine's pace is kept, in the working folder. */
const paceFile = join('.heed', 'pace.json');

/** What the ears are made of. */
export interface EarsOptions {
  config: Config;
  vad?: Brought<Vad> | undefined;
  transcriber?: Brought<Transcriber> | undefined;
  onModelProgress?: ((progress: ModelProgress) => void) | undefined;
  /** ISO 639-1 codes of the languages that may be spoken. */
  languages: readonly string[];
  /** Told of each reading; may change at any time. */
  listeners: ReadonlySet<ReadingListener>;
  log: Log;
}

/** Loads the voice activity model and the recogniser, or takes those that the user has brought. */
export async function loadEars(options: EarsOptions): Promise<Ears> {
  const { config, listeners, log } = options;
  const { vad = () => createVad(config.vad) } = options;
  // The speech model is fetched first: that may take minutes or fail, and no VAD thread should be started for it.
  const { transcriber, modelChoice }: Recogniser =
    options.transcriber === undefined ? await fetchWhisper(options) : { transcriber: options.transcriber };
  const madeVad = await made(vad);
  try {
    const inner = await made(transcriber);
    const { model, backend, workers } = inner.info;
    log('The models are loaded.', { level: 'info', model, backend, workers });
    const watched = new WatchedTranscriber(inner, listeners);
    return { vad: madeVad, transcriber: watched, ...(modelChoice === undefined ? {} : { modelChoice }) };
  } catch (error) {
    await madeVad.close();
    throw error;
  }
}

/** A recogniser, and why heed has chosen its model, if it has. */
interface Recogniser {
  transcriber: Brought<Transcriber>;
  modelChoice?: string;
}

/** Fetches the models of heed's own recogniser, which is loaded when it is made. */
async function fetchWhisper(options: EarsOptions): Promise<Recogniser> {
  const { config, log } = options;
  const choice = config.transcribe.model === autoModel ? await chooseHere(options) : undefined;
  const transcribe = choice ? { ...config.transcribe, model: choice.name } : config.transcribe;
  const modelPath = await fetchModel(transcribe.model, options);
  const second = transcribe.second === '' ? {} : { secondPath: await fetchModel(transcribe.second, options) };
  const firstLook =
    transcribe.firstLook === '' ? {} : { firstLookPath: await fetchModel(transcribe.firstLook, options) };
  return {
    transcriber: () => createTranscriber(transcribe, modelPath, { log, isCatalogued, ...second, ...firstLook }),
    ...(choice ? { modelChoice: choice.why } : {}),
  };
}

/** Leaves the choice to heed, which may have to measure the machine first. */
async function chooseHere(options: EarsOptions): Promise<ChosenModel> {
  const { config, languages, log } = options;
  const measure = async (): Promise<number> => {
    const one = { ...config.transcribe, model: usual, workers: 1 };
    const transcriber = await createTranscriber(one, await fetchModel(usual, options), { log, isCatalogued });
    try {
      return await measurePace(transcriber);
    } finally {
      await transcriber.close();
    }
  };
  const chosen = await chooseModel({ languages, measure, file: paceFile });
  log(`The speech model is ${chosen.name}: ${chosen.why}.`, { level: chosen.isNew ? 'warn' : 'info' });
  return chosen;
}

function fetchModel(name: string, { config, onModelProgress }: EarsOptions): Promise<string> {
  return ensureModel(name, config.models, onModelProgress ? { onProgress: onModelProgress } : {});
}

function isCatalogued(name: string): boolean {
  return findInCatalogue(name) !== undefined;
}

async function made<T>(brought: Brought<T>): Promise<T> {
  return typeof brought === 'function' ? await (brought as () => T | Promise<T>)() : brought;
}
