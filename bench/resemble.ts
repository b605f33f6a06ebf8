// Is it really the command that it resembles? Sentences that resemble commands, and true commands: how often heed acts
// on the former, and how often it understands the latter. The sentences are recordings with a value that no command
// knows, and sentences of text files, spoken and typed.
import { join, resolve } from 'node:path';
import { loadConfig, type Config } from '../src/config/index.ts';
import { HeedError } from '../src/errors.ts';
import type { Grammar } from '../src/grammar/index.ts';
import { Matcher } from '../src/match/index.ts';
import type { Command } from '../src/registry/index.ts';
import { phraseSoFar } from '../src/session/pause.ts';
import type { Transcript } from '../src/types.ts';
import { Endpointer } from '../src/vad/index.ts';
import { repositoryDir } from './lib/arguments.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { loadClip, spread } from './lib/manifest.ts';
import { mapSideBySide, Recogniser, understandHeard } from './lib/recogniser.ts';
import { addCurves } from './resemble/curve.ts';
import { readDump, writeDump } from './resemble/dump.ts';
import { Grammars } from './resemble/grammars.ts';
import { judgeAll, type JudgedTrial } from './resemble/judging.ts';
import { plotCurves } from './resemble/plot-curves.ts';
import { realTrials } from './resemble/real-trials.ts';
import { languageOfRegistry, readSentences, sentenceFiles } from './resemble/sentences.ts';
import { spokenTrials, typedTrials } from './resemble/spoken-trials.ts';
import { addTables } from './resemble/tables.ts';
import type { AudioTrial, ReadTrial, Trial } from './resemble/trial.ts';

const parts = ['real', 'spoken', 'typed'] as const;
/** Kitchen noise under the recordings and under the synthesized speech, dB; "none" means quiet. */
const defaultNoises = { real: ['none', '12', '6'], spoken: ['none', '10'] };

await runBench(
  'resemble',
  async (bench) => {
    const { report, options } = bench;
    const { match, transcribe } = loadConfig({ env: {} });
    const model = text(options['model']) ?? transcribe.model;
    const grammars = new Grammars({ chain: options['chain'] === true });
    if (options['speak'] === true) return void (await audioTrials(bench, grammars));
    const replay = text(options['replay']);
    const trials =
      replay === undefined ? await readAll(bench, grammars, model) : selected(bench, await readDump(replay));
    if (trials.length === 0)
      throw new HeedError('bad-config', 'No sentence is left by --part, --registry, --voices and --noise.');
    const judged = await judgeAll(trials, grammars, match);
    if (options['misses'] === true) judged.filter(({ verdict }) => !verdict.right).forEach(tell);
    addTables(report, judged, { model });
    if (typeof options['dump'] === 'string') await writeDump(options['dump'], judged);
    if (options['curve'] !== true && typeof options['plot'] !== 'string') return;
    const curves = await addCurves(report, trials, { grammars, config: match, identity: { model } });
    if (typeof options['plot'] === 'string') plotCurves(options['plot'], curves);
  },
  {
    // What is read.
    part: { type: 'string' },
    registry: { type: 'string' },
    voices: { type: 'string' },
    noise: { type: 'string' },
    texts: { type: 'string' },
    // How it is read: what the model of `first-look` is sure of counts; `chain` lets "and" join commands everywhere;
    // `speak` only fills the cache of synthesized speech.
    model: { type: 'string' },
    'first-look': { type: 'string' },
    chain: { type: 'boolean' },
    speak: { type: 'boolean' },
    replay: { type: 'string' },
    // What is done with the results.
    dump: { type: 'string' },
    curve: { type: 'boolean' },
    plot: { type: 'string' },
    misses: { type: 'boolean' },
  },
);

/** Reads all audio. Trials with the same grammar follow each other, so that few grammars are in use at a time. */
async function readAll(bench: Bench, grammars: Grammars, model: string): Promise<ReadTrial[]> {
  const order = (trial: Trial): string => grammars.keyOf(trial);
  const trials = (await audioTrials(bench, grammars)).sort((a, b) => order(a).localeCompare(order(b)));
  const typed = wantedParts(bench).includes('typed') ? typedTrials(sentences(bench)) : [];
  if (trials.length === 0) return typed;
  const { match, endpoint, vad } = loadConfig({ env: {} });
  const firstLook = text(bench.options['first-look']);
  const recogniser = await Recogniser.open({
    model,
    ...(firstLook === undefined ? {} : { transcribe: { firstLook } }),
  });
  const endpointer = new Endpointer({ endpoint, vad });
  const startedMs = performance.now();
  const read = await mapSideBySide(trials, async ({ samples, ...trial }, index): Promise<ReadTrial> => {
    if (index % 50 === 0)
      bench.progress(`${index} of ${trials.length}, ${Math.round((performance.now() - startedMs) / 1000)} s`);
    const language = trial.part === 'real' ? 'en' : languageOfRegistry(trial.registry);
    const grammar = await grammars.grammar(trial);
    const suffices = suresIn(grammar, await grammars.commands(trial.registry), { match, endpointer });
    return { ...trial, transcript: await recogniser.read(await samples(), { grammar, language, suffices }) };
  });
  await recogniser.close();
  return [...read, ...typed];
}

/** Returns what tells whether a session would take a first look at its word. */
function suresIn(
  grammar: Grammar,
  commands: readonly Command[],
  { match, endpointer }: { match: Config['match']; endpointer: Endpointer },
): (transcript: Transcript) => boolean {
  const matcher = new Matcher(grammar, match);
  const byName = new Map(commands.map((command) => [command.name, command]));
  return (transcript) => {
    const result = understandHeard(matcher, transcript, match);
    const found = [...(result.match ? [result.match] : []), ...(result.also ?? [])];
    const takesText = found.some(({ command }) =>
      Object.values(byName.get(command)?.slots ?? {}).some(({ type }) => type === 'text'),
    );
    return !takesText && endpointer.isSure(phraseSoFar(result, transcript, (name) => byName.get(name)?.risk ?? 'low'));
  };
}

async function audioTrials(bench: Bench, grammars: Grammars): Promise<AudioTrial[]> {
  const { clips, options } = bench;
  const kitchen = await loadClip(clips('noise-kitchen')[0]!);
  const noises = (part: 'real' | 'spoken'): readonly string[] => names(options['noise']) ?? defaultNoises[part];
  const wanted = wantedParts(bench);
  const trials: AudioTrial[] = [];
  if (wanted.includes('real') && options['speak'] !== true) {
    trials.push(
      ...(await realTrials(grammars, {
        coffee: clips('s2i-barista'),
        home: clips('speech-to-phrase-tts'),
        kitchen,
        noises: noises('real'),
      })),
    );
  }
  if (wanted.includes('spoken')) {
    const spoken = {
      kitchen,
      noises: noises('spoken'),
      voices: names(options['voices']),
      progress: bench.progress,
      warn: (line: string) => console.error(line),
    };
    trials.push(...(await spokenTrials(sentences(bench), spoken)));
  }
  return trials.filter(({ registry }) => names(options['registry'])?.includes(registry) ?? true);
}

/** Returns the sentences of the selected registries, at most `--limit` of each. */
function sentences({ options, limit }: Bench) {
  const files = sentenceFiles(resolve(text(options['texts']) ?? join(repositoryDir, 'bench/resemble')));
  const wanted = names(options['registry']) ?? [...files.keys()];
  return wanted.flatMap((registry) =>
    files.has(registry) ? spread(readSentences(files.get(registry)!, registry), limit) : [],
  );
}

/** Returns the trials of a dump that the options select. */
function selected({ options }: Bench, trials: readonly ReadTrial[]): ReadTrial[] {
  const isIn = (option: string, ...values: string[]): boolean =>
    names(options[option])?.some((name) => values.includes(name)) ?? true;
  return trials.filter(
    (trial) =>
      isIn('part', trial.part) &&
      isIn('registry', trial.registry) &&
      isIn('noise', trial.noise) &&
      (trial.part !== 'spoken' || isIn('voices', trial.voice, trial.voice.split(':')[0]!)),
  );
}

function wantedParts({ options }: Bench): readonly string[] {
  const wanted = names(options['part']) ?? parts;
  const unknown = wanted.find((part) => !(parts as readonly string[]).includes(part));
  if (unknown !== undefined)
    throw new HeedError('bad-config', `--part takes ${parts.join(', ')}, but "${unknown}" came.`);
  return wanted;
}

function tell({ verdict, transcript, ...trial }: JudgedTrial): void {
  const registry = `${trial.registry}${trial.missing ? ` without ${trial.missing.value}` : ''}`;
  const heard = [transcript?.text ?? '', transcript?.constrained?.[0]?.text ?? '', verdict.score.toFixed(2)];
  console.error(
    [
      verdict.actedOn ? 'ran' : 'missed',
      registry,
      trial.kind,
      `${trial.voice} ${trial.noise}`,
      trial.say,
      ...heard,
    ].join('\t'),
  );
}

function names(option: string | boolean | undefined): string[] | undefined {
  return typeof option === 'string' ? option.split(',') : undefined;
}

function text(option: string | boolean | undefined): string | undefined {
  return typeof option === 'string' ? option : undefined;
}
