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
import type { Transcript } from '../../src/types.ts';
import { repositoryDir } from './arguments.ts';

/** How a bench recognises. */
export interface RecogniserOptions {
  /**
   * A folder under bench/commands or a path, or the commands themselves; absent: free readings only, and whatever each
   * reading is given.
   */
  commands?: string | readonly Command[];
  /** ISO 639-1 code of the commands; default "en". */
  language?: string;
  /** A catalogue name; default: heed's default model. */
  model?: string;
  transcribe?: Partial<Config['transcribe']>;
  match?: Partial<Config['match']>;
}

/** How one reading is made. */
export interface ReadOptions {
  isFree?: boolean;
  language?: string;
  grammar?: Grammar | undefined;
}

/**
 * A model in this process with the commands of a bench: samples to transcript to command, as in a session, without VAD
 * and handlers.
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

  /** Loads model and commands. @throws HeedError `bad-command` where the commands have problems */
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
    const second =
      config.transcribe.second === '' ? {} : { secondPath: await ensureModel(config.transcribe.second, config.models) };
    const transcriber = await createTranscriber(
      { ...config.transcribe, model, engine: 'in-process', workers: availableParallelism() },
      path,
      second,
    );
    return new Recogniser(model, transcriber, grammar, config.match);
  }

  /** One reading; held to the grammar too unless `isFree`: to that of the recogniser, or to another one. */
  async read(
    samples: Float32Array,
    { isFree = false, language = 'en', grammar = this.grammar }: ReadOptions = {},
  ): Promise<Transcript> {
    const audio = this.#transcriber.open('bench');
    try {
      audio.append(samples);
      return await audio.read({
        segmentId: 'bench',
        priority: 'final',
        language,
        ...(grammar && !isFree ? { grammar: grammar.graph } : {}),
      });
    } finally {
      audio.close();
    }
  }

  /** What a session would make of the transcript. */
  understand(transcript: Transcript): MatchResult {
    if (!this.matcher) throw new HeedError('bad-config', 'A recogniser without commands understands nothing.');
    return understandHeard(this.matcher, transcript, this.#config);
  }

  close(): Promise<void> {
    return this.#transcriber.close();
  }
}

/** What a session would make of a transcript. */
export function understandHeard(matcher: Matcher, transcript: Transcript, config: Config['match']): MatchResult {
  const result = understandTranscript(matcher, transcript);
  const isSpeech = hasEvidence(transcript, config, () => result.match !== undefined);
  return isSpeech ? result : { candidates: [], completeness: 'none', reason: 'No evidence of speech.' };
}

/**
 * The commands of a folder under bench/commands, or of any other by its absolute path. @throws HeedError `bad-command`
 * where they have problems
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

/** Works on the items side by side, one a core, and answers in their order. */
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
