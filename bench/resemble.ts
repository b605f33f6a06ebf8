// Is it really a command? Sentences that resemble commands and are none, beside true commands: recorded ones whose value no command knows,
// and written ones, spoken by synthesizers and typed. How often heed acts on what is none, and how often it understands what is one.
import { join, resolve } from 'node:path';
import { loadConfig } from '../src/config.ts';
import { HeedError } from '../src/errors.ts';
import { repositoryDir } from './lib/arguments.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { loadClip } from './lib/manifest.ts';
import { mapSideBySide, Recogniser } from './lib/recogniser.ts';
import { addCurves } from './resemble/curve.ts';
import { readDump, writeDump } from './resemble/dump.ts';
import { Grammars } from './resemble/grammars.ts';
import { judgeAll, type JudgedTrial } from './resemble/judging.ts';
import { plotCurves } from './resemble/plot-curves.ts';
import { realTrials } from './resemble/real-trials.ts';
import { languageOfRegistry, readSentences, sentenceFiles, spread } from './resemble/sentences.ts';
import { spokenTrials, typedTrials } from './resemble/spoken-trials.ts';
import { addTables } from './resemble/tables.ts';
import type { AudioTrial, ReadTrial, Trial } from './resemble/trial.ts';

const parts = ['real', 'spoken', 'typed'] as const;
/** Kitchen noise under the recordings and under the synthesizers, dB; "none" is quiet. */
const defaultNoises = { real: ['none', '12', '6'], spoken: ['none', '10'] };

await runBench('resemble', async (bench) => {
  const { report, options } = bench;
  const { match, transcribe } = loadConfig({ env: {} });
  const model = text(options['model']) ?? transcribe.model;
  const grammars = new Grammars({ chain: options['chain'] === true });
  if (options['speak'] === true) return void (await audioTrials(bench, grammars));
  const trials = typeof options['replay'] === 'string' ? selected(bench, await readDump(options['replay'])) : await readAll(bench, grammars, model);
  if (trials.length === 0) throw new HeedError('bad-config', 'No sentence is left by --part, --registry, --voices and --noise.');
  const judged = await judgeAll(trials, grammars, match);
  if (options['misses'] === true) judged.filter(({ verdict }) => !verdict.right).forEach(tell);
  addTables(report, judged, { model });
  if (typeof options['dump'] === 'string') await writeDump(options['dump'], judged);
  if (options['curve'] !== true && typeof options['plot'] !== 'string') return;
  const curves = await addCurves(report, trials, { grammars, config: match, identity: { model } });
  if (typeof options['plot'] === 'string') plotCurves(options['plot'], curves);
}, {
  part: { type: 'string' }, registry: { type: 'string' }, voices: { type: 'string' }, noise: { type: 'string' }, model: { type: 'string' }, texts: { type: 'string' },
  chain: { type: 'boolean' }, speak: { type: 'boolean' }, dump: { type: 'string' }, replay: { type: 'string' }, curve: { type: 'boolean' }, plot: { type: 'string' }, misses: { type: 'boolean' },
});

/** Reads all audio; trials with the same grammar follow one another, so that few are in use at a time. */
async function readAll(bench: Bench, grammars: Grammars, model: string): Promise<ReadTrial[]> {
  const order = (trial: Trial): string => grammars.keyOf(trial);
  const trials = (await audioTrials(bench, grammars)).sort((a, b) => order(a).localeCompare(order(b)));
  const typed = wantedParts(bench).includes('typed') ? typedTrials(sentences(bench)) : [];
  if (trials.length === 0) return typed;
  const recogniser = await Recogniser.open({ model });
  const startedMs = performance.now();
  const read = await mapSideBySide(trials, async ({ samples, ...trial }, index): Promise<ReadTrial> => {
    if (index % 50 === 0) bench.progress(`${index} of ${trials.length}, ${Math.round((performance.now() - startedMs) / 1000)} s`);
    const language = trial.part === 'real' ? 'en' : languageOfRegistry(trial.registry);
    return { ...trial, transcript: await recogniser.read(await samples(), { grammar: await grammars.grammar(trial), language }) };
  });
  await recogniser.close();
  return [...read, ...typed];
}

async function audioTrials(bench: Bench, grammars: Grammars): Promise<AudioTrial[]> {
  const { clips, options } = bench;
  const kitchen = await loadClip(clips('noise-kitchen')[0]!);
  const noises = (part: 'real' | 'spoken'): readonly string[] => names(options['noise']) ?? defaultNoises[part];
  const isWanted = (part: string): boolean => wantedParts(bench).includes(part);
  return [
    ...(isWanted('real') && options['speak'] !== true ? await realTrials(grammars, { coffee: clips('s2i-barista'), home: clips('speech-to-phrase-tts'), kitchen, noises: noises('real') }) : []),
    ...(isWanted('spoken') ? await spokenTrials(sentences(bench), { kitchen, noises: noises('spoken'), voices: names(options['voices']), progress: bench.progress, warn: (line) => console.error(line) }) : []),
  ].filter(({ registry }) => names(options['registry'])?.includes(registry) ?? true);
}

/** The sentences of the wanted registries, at most `--limit` of each. */
function sentences({ options, limit }: Bench) {
  const files = sentenceFiles(resolve(text(options['texts']) ?? join(repositoryDir, 'bench/resemble')));
  const wanted = names(options['registry']) ?? [...files.keys()];
  return wanted.flatMap((registry) => (files.has(registry) ? spread(readSentences(files.get(registry)!, registry), limit) : []));
}

/** Of a dump, what the options ask for. */
function selected({ options }: Bench, trials: readonly ReadTrial[]): ReadTrial[] {
  const isIn = (option: string, ...values: string[]): boolean => names(options[option])?.some((name) => values.includes(name)) ?? true;
  return trials.filter((trial) => isIn('part', trial.part) && isIn('registry', trial.registry) && isIn('noise', trial.noise)
    && (trial.part !== 'spoken' || isIn('voices', trial.voice, trial.voice.split(':')[0]!)));
}

function wantedParts({ options }: Bench): readonly string[] {
  const wanted = names(options['part']) ?? parts;
  const unknown = wanted.find((part) => !(parts as readonly string[]).includes(part));
  if (unknown !== undefined) throw new HeedError('bad-config', `--part takes ${parts.join(', ')}, "${unknown}" came.`);
  return wanted;
}

function tell({ verdict, transcript, ...trial }: JudgedTrial): void {
  const missing = trial.missing ? ` without ${trial.missing.value}` : '';
  console.error(`${verdict.actedOn ? 'ran' : 'missed'}\t${trial.registry}${missing}\t${trial.kind}\t${trial.voice} ${trial.noise}\t${trial.say}\t${transcript?.text ?? ''}\t${transcript?.constrained?.[0]?.text ?? ''}\t${verdict.score.toFixed(2)}`);
}

function names(option: string | boolean | undefined): string[] | undefined {
  return typeof option === 'string' ? option.split(',') : undefined;
}

function text(option: string | boolean | undefined): string | undefined {
  return typeof option === 'string' ? option : undefined;
}
