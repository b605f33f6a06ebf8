// A long file through heed, whisper-cli and faster-whisper: speed, words and memory. --install gets faster-whisper
// first.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeWav } from '../src/audio/index.ts';
import { defaultConfig } from '../src/config/index.ts';
import { ensureModel } from '../src/models/index.ts';
import { msToSamples, samplesToMs } from '../src/types.ts';
import { repositoryDir } from './lib/arguments.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { findFasterWhisper, installFasterWhisper } from './lib/faster-whisper.ts';
import { loadClip } from './lib/manifest.ts';
import { buildWhisper } from './lib/peers.ts';
import { measureProcess } from './lib/process-run.ts';
import { median } from './lib/statistics.ts';
import { comparedWords, wordErrors } from './lib/word-errors.ts';

/** Silence between two clips, ms, in turns. */
const gapsMs = [600, 1_500, 900, 2_500];
const labelled = 'librispeech-test-other';
/** Meetings: several people at once, with noise; they count for speed, as nobody wrote their words down. */
const unlabelled = ['ami-sample', 'ami-debug'];
const threads = availableParallelism();

/** A piece of text and where in the file it begins. */
interface Piece {
  startMs: number;
  text: string;
}

interface Reader {
  name: string;
  settings: string;
  program: string;
  args: string[];
  pieces: (stdout: string) => Piece[];
}

/** The file, and what is said in its first part. */
interface LongFile {
  path: string;
  durationMs: number;
  labelledMs: number;
  words: string[];
}

await runBench(
  'files',
  async (bench) => {
    const model = typeof bench.options['model'] === 'string' ? bench.options['model'] : 'tiny.en';
    const folder = mkdtempSync(join(tmpdir(), 'heed-bench-'));
    try {
      if (bench.options['install'] === true && !findFasterWhisper()) {
        bench.progress('installing faster-whisper');
        await installFasterWhisper();
      }
      const file = await writeLongFile(join(folder, 'long.wav'), bench);
      const readers = await readersOf(file.path, { model, folder });
      const runs = Number(bench.options['runs'] ?? 1);
      const taken = new Map(
        readers.map((reader) => [reader, [] as { ms: number; cpuMs: number; peakBytes: number; errors: number }[]]),
      );
      for (let run = 0; run < runs; run++) {
        for (const reader of readers) {
          bench.progress(`${reader.name}, ${reader.settings}: run ${run + 1} of ${runs}`);
          const { stdout, ms, cpuMs, peakBytes } = await measureProcess(reader.program, reader.args);
          const heard = reader
            .pieces(stdout)
            .filter(({ startMs }) => startMs < file.labelledMs)
            .map(({ text }) => text)
            .join(' ');
          const results = taken.get(reader)!;
          results.push({ ms, cpuMs, peakBytes, errors: wordErrors(file.words, comparedWords(heard)) });
          if (run < runs - 1) continue;
          bench.report.add({
            identity: {
              model,
              engine: reader.name,
              settings: reader.settings,
              minutes: Math.round(file.durationMs / 6_000) / 10,
              threads,
            },
            n: runs,
            values: [
              { metric: 'speed', value: file.durationMs / median(results.map(({ ms }) => ms)), unit: '× real time' },
              {
                metric: 'processor time a minute',
                value: median(results.map(({ cpuMs }) => cpuMs)) / (file.durationMs / 60_000) / 1000,
                unit: 's',
              },
              {
                metric: 'word error rate',
                value: (100 * median(results.map(({ errors }) => errors))) / file.words.length,
                unit: '%',
              },
              { metric: 'peak memory', value: median(results.map(({ peakBytes }) => peakBytes)) / 1e6, unit: 'MB' },
            ],
          });
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  { model: { type: 'string' }, runs: { type: 'string' }, repeat: { type: 'string' }, install: { type: 'boolean' } },
);

/** Sentences with their words, then meetings, one after the other with silence between; `--repeat` times. */
async function writeLongFile(path: string, { clips, options, progress }: Bench): Promise<LongFile> {
  const repeat = Number(options['repeat'] ?? 1);
  const sets = [labelled, ...unlabelled].flatMap((set) => Array.from({ length: repeat }, () => clips(set)).flat());
  const words: string[] = [];
  let labelledMs = 0;
  let samplesSoFar = 0;
  const file = openSync(path, 'w');
  const headerBytes = 44;
  writeSync(file, new Uint8Array(headerBytes));
  progress(`joining ${sets.length} clips`);
  for (const [index, clip] of sets.entries()) {
    const speech = await loadClip(clip);
    const joined = new Float32Array(speech.length + msToSamples(gapsMs[index % gapsMs.length]!));
    joined.set(speech);
    writeSync(file, encodeWav(joined).subarray(headerBytes));
    samplesSoFar += joined.length;
    if (clip.set !== labelled) continue;
    words.push(...comparedWords(clip.label.slice(clip.label.indexOf('|') + 1)));
    labelledMs = samplesToMs(samplesSoFar);
  }
  const header = encodeWav(new Float32Array(0)).slice(0, headerBytes);
  const view = new DataView(header.buffer);
  view.setUint32(4, 36 + 2 * samplesSoFar, true);
  view.setUint32(40, 2 * samplesSoFar, true);
  writeSync(file, header, 0, headerBytes, 0);
  closeSync(file);
  return { path, durationMs: samplesToMs(samplesSoFar), labelledMs, words };
}

async function readersOf(file: string, { model, folder }: { model: string; folder: string }): Promise<Reader[]> {
  const modelPath = await ensureModel(model, defaultConfig.models);
  const heed: Reader = {
    name: 'heed',
    settings: 'greedy',
    program: process.execPath,
    args: [join(repositoryDir, 'bin/heed.js'), 'transcribe', '--json', '--model', model, '--language', 'en', file],
    pieces: (stdout) =>
      stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { start: number; text: string })
        .map(toPiece),
  };
  return [heed, ...(await whisperCliReaders(file, { modelPath, folder })), ...fasterWhisperReaders(file, model)];
}

async function whisperCliReaders(
  file: string,
  { modelPath, folder }: { modelPath: string; folder: string },
): Promise<Reader[]> {
  let program: string;
  try {
    program = await buildWhisper('whisper-cli');
  } catch (error) {
    console.error(`${(error as Error).message} The rows of whisper-cli are left out.`);
    return [];
  }
  const output = join(folder, 'whisper-cli');
  const pieces = (): Piece[] => {
    const { transcription } = JSON.parse(readFileSync(`${output}.json`, 'utf8')) as {
      transcription: { text: string; offsets: { from: number } }[];
    };
    return transcription.map(({ text, offsets }) => ({ startMs: offsets.from, text }));
  };
  const common = ['-m', modelPath, '-f', file, '-l', 'en', '-t', String(threads), '-np', '-oj', '-of', output];
  return [
    { name: 'whisper-cli', settings: 'greedy', program, args: [...common, '-bs', '1', '-bo', '1'], pieces },
    { name: 'whisper-cli', settings: 'beam 5', program, args: common, pieces },
  ];
}

function fasterWhisperReaders(file: string, model: string): Reader[] {
  const peer = findFasterWhisper();
  if (!peer || model !== 'tiny.en') {
    console.error(
      `faster-whisper ${peer ? `has tiny.en only, not ${model}` : 'is not there'}, its rows are left out${peer ? '' : '; --install gets it'}.`,
    );
    return [];
  }
  const script = join(repositoryDir, 'bench/lib/run-faster-whisper.py');
  const pieces = (stdout: string): Piece[] =>
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { start: number; text: string })
      .map(toPiece);
  return (
    [
      ['1', 'sequential'],
      ['5', 'sequential'],
      ['1', 'batched'],
    ] as const
  ).map(([beam, way]) => ({
    name: 'faster-whisper',
    settings: `int8, ${beam === '1' ? 'greedy' : `beam ${beam}`}, ${way}`,
    program: peer.python,
    args: [script, peer.model, file, String(threads), beam, way],
    pieces,
  }));
}

function toPiece({ start, text }: { start: number; text: string }): Piece {
  return { startMs: start * 1000, text };
}
