// Is it really a command? Sentences that resemble commands and are none, beside true commands: how often heed acts on
// what is none, and how often it understands what is one. Recordings whose value no command knows; sentences of text
// files, spoken and typed.
import { join, resolve } from 'node:path';
import { loadConfig } from '../src/config/index.ts';
import { HeedError } from '../src/errors.ts';
import { repositoryDir } from './lib/arguments.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { loadClip, spread } from './lib/manifest.ts';
import { mapSideBySide, Recogniser } from './lib/recogniser.ts';
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
/** Kitchen noise under the recordings and under the synthesizers, dB; "none" is quiet. */
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
    // How: `chain` lets "and" join commands everywhere; `speak` only fills the cache of what synthesizers say.
    model: { type: 'string' },
    chain: { type: 'boolean' },
    speak: { type: 'boolean' },
    replay: { type: 'string' },
    // What comes of it.
    dump: { type: 'string' },
    curve: { type: 'boolean' },
    plot: { type: 'string' },
    misses: { type: 'boolean' },
  },
);

/** Reads all audio; trials with the same grammar follow one another, so that few are in use at a time. */
async function readAll(bench: Bench, grammars: Grammars, model: string): Promise<ReadTrial[]> {
  const order = (trial: Trial): string => grammars.keyOf(trial);
  const trials = (await audioTrials(bench, grammars)).sort((a, b) => order(a).localeCompare(order(b)));
  const typed = wantedParts(bench).includes('typed') ? typedTrials(sentences(bench)) : [];
  if (trials.length === 0) return typed;
  const recogniser = await Recogniser.open({ model });
  const startedMs = performance.now();
  const read = await mapSideBySide(trials, async ({ samples, ...trial }, index): Promise<ReadTrial> => {
    if (index % 50 === 0)
      bench.progress(`${index} of ${trials.length}, ${Math.round((performance.now() - startedMs) / 1000)} s`);
    const language = trial.part === 'real' ? 'en' : languageOfRegistry(trial.registry);
    return {
      ...trial,
      transcript: await recogniser.read(await samples(), { grammar: await grammars.grammar(trial), language }),
    };
  });
  await recogniser.close();
  return [...read, ...typed];
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

/** The sentences of the wanted registries, at most `--limit` of each. */
function sentences({ options, limit }: Bench) {
  const files = sentenceFiles(resolve(text(options['texts']) ?? join(repositoryDir, 'bench/resemble')));
  const wanted = names(options['registry']) ?? [...files.keys()];
  return wanted.flatMap((registry) =>
    files.has(registry) ? spread(readSentences(files.get(registry)!, registry), limit) : [],
  );
}

/** Of a dump, what the options ask for. */
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
  if (unknown !== undefined) throw new HeedError('bad-config', `--part takes ${parts.join(', ')}, "${unknown}" came.`);
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
