import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defaultConfig, loadConfig, type Config } from '../../src/config/index.ts';
import { HeedError } from '../../src/errors.ts';
import { compileGrammar, type Grammar } from '../../src/grammar/index.ts';
import { hasEvidence } from '../../src/match/evidence.ts';
import { Matcher, understandTranscript, type MatchResult } from '../../src/match/index.ts';
import { ensureModel } from '../../src/models/index.ts';
import { Registry, type Command } from '../../src/registry/index.ts';
import { createTranscriber, type Transcriber } from '../../src/transcribe/index.ts';
import type { DecoderGraph, Transcript } from '../../src/types.ts';
import { repositoryDir } from './arguments.ts';

/** How a bench recognises. */
export interface RecogniserOptions {
  /**
   * A folder under bench/commands or a path, or the commands themselves. Without it, readings are free unless they are
   * given a grammar of their own.
   */
  commands?: string | readonly Command[];
  /** The ISO 639-1 code of the commands; default "en". */
  language?: string;
  /** A name of the catalogue; default: heed's default model. */
  model?: string;
  transcribe?: Partial<Config['transcribe']>;
  match?: Partial<Config['match']>;
}

/** How one reading is made. */
export interface ReadOptions {
  isFree?: boolean;
  language?: string;
  grammar?: Grammar | undefined;
  /** Another graph than that of the grammar. */
  graph?: DecoderGraph;
  /** Whether each word gets its own confidence. */
  hasWords?: boolean;
  /** Whether the first look is sure enough; without it, there is no first look. */
  suffices?: (transcript: Transcript) => boolean;
}

/**
 * A model in this process with the commands of a bench: from samples to transcript to command as in a session, but
 * without voice activity model and handlers.
 */
export class Recogniser {
  readonly model: string;
  readonly grammar: Grammar | undefined;
  readonly matcher: Matcher | undefined;
  readonly #transcriber: Transcriber;
  readonly #config: Config['match'];

  private constructor(model: string, transcriber: Transcriber, grammar: Grammar | undefined, config: Config['match']) {
    this.model = model;
    this.#transcriber = transcriber;
    this.grammar = grammar;
    this.#config = config;
    this.matcher = grammar && new Matcher(grammar, config);
  }

  /** Loads the model and the commands. @throws HeedError `bad-command` when the commands have problems */
  static async open(options: RecogniserOptions): Promise<Recogniser> {
    const config = loadConfig({
      env: {},
      overrides: {
        ...(options.transcribe ? { transcribe: options.transcribe } : {}),
        ...(options.match ? { match: options.match } : {}),
      },
    });
    const model = options.model ?? defaultConfig.transcribe.model;
    const commands =
      typeof options.commands === 'string' ? await loadCommands(options.commands, options.language) : options.commands;
    const grammar = commands && compileGrammar([...commands], { language: options.language ?? 'en' }).grammar;
    const path = await ensureModel(model, config.models);
    const { second, firstLook } = config.transcribe;
    const transcriber = await createTranscriber(
      { ...config.transcribe, model, engine: 'in-process', workers: availableParallelism() },
      path,
      {
        ...(second === '' ? {} : { secondPath: await ensureModel(second, config.models) }),
        ...(firstLook === '' ? {} : { firstLookPath: await ensureModel(firstLook, config.models) }),
      },
    );
    return new Recogniser(model, transcriber, grammar, config.match);
  }

  /**
   * Makes one reading. Unless `isFree`, it is also constrained: to the recogniser's grammar, or to the one that is
   * given.
   */
  async read(
    samples: Float32Array,
    {
      isFree = false,
      language = 'en',
      grammar = this.grammar,
      graph = grammar?.graph,
      hasWords = false,
      suffices,
    }: ReadOptions = {},
  ): Promise<Transcript> {
    const audio = this.#transcriber.open('bench');
    try {
      audio.append(samples);
      return await audio.read({
        segmentId: 'bench',
        priority: 'final',
        language,
        words: hasWords,
        ...(graph && !isFree ? { grammar: graph } : {}),
        ...(suffices && !isFree ? { suffices } : {}),
      });
    } finally {
      audio.close();
    }
  }

  /** Returns what a session would make of the transcript. */
  understand(transcript: Transcript): MatchResult {
    if (!this.matcher) throw new HeedError('bad-config', 'A recogniser without commands understands nothing.');
    return understandHeard(this.matcher, transcript, this.#config);
  }

  close(): Promise<void> {
    return this.#transcriber.close();
  }
}

/** Returns what a session would make of a transcript. */
export function understandHeard(matcher: Matcher, transcript: Transcript, config: Config['match']): MatchResult {
  const result = understandTranscript(matcher, transcript);
  const isSpeech = hasEvidence(transcript, config, () => result.match !== undefined);
  return isSpeech ? result : { candidates: [], completeness: 'none', reason: 'No evidence of speech.' };
}

/**
 * Loads the commands of a folder under bench/commands, or of any other folder by its absolute path.
 * @throws HeedError `bad-command` when they have problems
 */
export async function loadCommands(folder: string, language = 'en'): Promise<readonly Command[]> {
  const registry = new Registry({ language });
  await registry.load(resolve(repositoryDir, 'bench/commands', folder));
  if (registry.problems.length > 0)
    throw new HeedError(
      'bad-command',
      registry.problems.map(({ file, message }) => `${file ?? ''}: ${message}`).join('\n'),
    );
  return registry.commands;
}

/** Processes the items side by side, one per core, and returns the results in the order of the items. */
export async function mapSideBySide<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      while (next < items.length) {
        const index = next++;
        results[index] = await work(items[index]!, index);
      }
    }),
  );
  return results;
}
