// Who speaks when in whole recordings: the excerpts alone, excerpts joined to longer recordings with more people, and
// conversations that are put together of read sentences (bench/speakers/conversations.ts), beside the stream at a
// latency of 5 s. Settings were chosen on the first half of the excerpts and on other conversations. With --diart
// PYTHON diart's offline result (a latency of 5 s) is beside it, and with --whisperx FOLDER the words with the speakers
// that whisperX gives them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeWav } from '../../src/audio/index.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { transcribeFile, withSpeakers, type FileSegment, type SpeakerTurn } from '../../src/files/index.ts';
import { createHeed } from '../../src/index.ts';
import { FileDiarizer, type FileSpeakers } from '../../src/speakers/file-diarizer.ts';
import { optionsOf, type NativeModels } from '../../src/speakers/index.ts';
import { sampleRateHz } from '../../src/types.ts';
import { repositoryDir } from '../lib/arguments.ts';
import type { Bench } from '../lib/bench.ts';
import type { Turn } from '../lib/rttm.ts';
import { readConversations } from './conversations.ts';
import { errorValues } from './error-values.ts';
import { wrongSpeakers } from './word-speakers.ts';

/** A recording, and who speaks when. */
export interface OfflineRecording {
  name: string;
  path: string;
  samples: Float32Array;
  turns: readonly Turn[];
}

/** Turns by the name of their recording, and the processor time for a second of sound. */
export interface OfflineResult {
  turns: Map<string, Turn[]>;
  processorSeconds: number;
}

/** The excerpts that are joined, which share some of their people, and the half of the excerpts that they are from. */
const joined = {
  fitted: ['trn00+trn01+trn02+trn03', 'trn00+trn01+trn02+trn03+trn04', 'trn03+trn04+trn00'],
  judged: ['trn07+trn08', 'trn06+trn09', 'trn05+trn06+trn07+trn08+trn09+sample'],
};
const halves = ['fitted', 'judged', 'mixed'];
const halfOf = (name: string): string =>
  /^trn0[0-4]/.test(name) ? 'fitted' : name.startsWith('conversation') ? 'mixed' : 'judged';

type Diarize<R> = (recordings: readonly OfflineRecording[]) => R;

/** Takes whole recordings; `others` give the turns of the stream, and those of diart. */
export async function offline(
  bench: Bench,
  models: NativeModels,
  excerpts: readonly OfflineRecording[],
  others: { live: Diarize<Promise<OfflineResult>>; diart?: Diarize<OfflineResult> },
): Promise<void> {
  const { report, options, progress } = bench;
  const longer = [...joined.fitted, ...joined.judged].map((name) => joinExcerpts(name, excerpts));
  const conversations = await readConversations(bench);
  const all = [...excerpts, ...longer, ...conversations];
  const results = diarizeFiles(models, all);
  progress('heed');
  results.set('heed, live', await others.live(all));
  progress('heed, live');
  if (others.diart) results.set('diart', others.diart(all));
  for (const [engine, { turns, processorSeconds }] of results)
    for (const half of halves)
      for (const [kind, recordings] of Object.entries({ excerpts, joined: longer, conversations })) {
        const own = recordings.filter(({ name }) => halfOf(name) === half);
        if (own.length === 0) continue;
        report.add({
          identity: { engine, half, kind },
          n: own.length,
          values: [...errorValues(own, turns), { metric: 'processor', value: 1000 * processorSeconds, unit: 'ms/s' }],
        });
      }
  const { diart, whisperx } = options;
  if (typeof diart !== 'string' || typeof whisperx !== 'string') return;
  const read = await readAll(all);
  const turnsOf = (engine: string, { name }: OfflineRecording): Turn[] => results.get(engine)!.turns.get(name) ?? [];
  const heard = all.map((recording, i) =>
    withSpeakers(read[i]!, toSpeakerTurns(turnsOf('heed', recording)))
      .flatMap(({ words }) => words)
      .map(({ speaker }) => speaker),
  );
  const assigned = assignAsWhisperX(diart, whisperx, {
    recordings: all.map((recording, i) => ({
      turns: turnsOf('diart', recording).map(({ startSeconds, endSeconds, speaker }) => ({
        start: startSeconds,
        end: endSeconds,
        speaker,
      })),
      segments: read[i]!.map(({ startMs, endMs, words }) => ({
        start: startMs / 1000,
        end: endMs / 1000,
        words: words.map((word) => ({ start: word.startMs / 1000, end: word.endMs / 1000 })),
      })),
    })),
  });
  for (const [engine, speakers] of Object.entries({ heed: heard, 'whisperX and diart': assigned }))
    for (const half of halves) {
      const counts = all.flatMap((recording, i) => {
        const words = read[i]!.flatMap((segment) => segment.words);
        return halfOf(recording.name) === half ? [wrongSpeakers(words, recording.turns, speakers[i]!)] : [];
      });
      const words = counts.reduce((sum, count) => sum + count.words, 0);
      const wrong = counts.reduce((sum, count) => sum + count.wrong, 0);
      report.add({
        identity: { engine, half, kind: 'words' },
        n: words,
        values: [{ metric: 'error rate', value: (100 * wrong) / words, unit: '%' }],
      });
    }
}

/** Takes each recording once, and asks who spoke in it without and with the number of people. */
export function diarizeFiles(
  models: NativeModels,
  recordings: readonly OfflineRecording[],
): Map<string, OfflineResult> {
  const [unknown, known] = [new Map<string, Turn[]>(), new Map<string, Turn[]>()];
  const started = process.cpuUsage();
  let seconds = 0;
  for (const { name, samples, turns: right } of recordings) {
    const diarizer = new FileDiarizer(models, optionsOf(defaultConfig.speakers));
    diarizer.push(samples);
    const people = new Set(right.map(({ speaker }) => speaker)).size;
    unknown.set(name, toTurns(diarizer.finish({ min: 1, max: 20 })));
    known.set(name, toTurns(diarizer.finish({ min: people, max: people })));
    seconds += samples.length / sampleRateHz;
  }
  const { user, system } = process.cpuUsage(started);
  const processorSeconds = (user + system) / 1e6 / seconds;
  return new Map([
    ['heed', { turns: unknown, processorSeconds }],
    ['heed, number known', { turns: known, processorSeconds }],
  ]);
}

function toTurns({ turns }: FileSpeakers): Turn[] {
  return turns.map(({ speaker, start, end }) => ({
    startSeconds: start,
    endSeconds: end,
    speaker: `speaker${speaker + 1}`,
  }));
}

/** Joins excerpts to one recording, in a file for whoever reads files. */
function joinExcerpts(name: string, excerpts: readonly OfflineRecording[]): OfflineRecording {
  const parts = name.split('+').map((part) => excerpts.find((excerpt) => excerpt.name === part)!);
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.samples.length, 0));
  const turns: Turn[] = [];
  let at = 0;
  for (const part of parts) {
    const [from, length] = [at / sampleRateHz, part.samples.length / sampleRateHz];
    samples.set(part.samples, at);
    at += part.samples.length;
    for (const { speaker, startSeconds, endSeconds } of part.turns)
      turns.push({ speaker, startSeconds: from + startSeconds, endSeconds: from + Math.min(length, endSeconds) });
  }
  const path = join(mkdtempSync(join(tmpdir(), 'heed-joined-')), `${name}.wav`);
  writeFileSync(path, encodeWav(samples));
  return { name, path, samples, turns };
}

async function readAll(recordings: readonly OfflineRecording[]): Promise<FileSegment[][]> {
  const heed = await createHeed({ commandsDir: false });
  try {
    const ears = await heed.ears();
    const all: FileSegment[][] = [];
    for (const { path } of recordings) {
      const segments: FileSegment[] = [];
      for await (const segment of transcribeFile(path, { config: heed.config, ears })) segments.push(segment);
      all.push(segments);
    }
    return all;
  } finally {
    await heed.close();
  }
}

function toSpeakerTurns(turns: readonly Turn[]): SpeakerTurn[] {
  return turns.map(({ speaker, startSeconds, endSeconds }) => ({
    speaker,
    startMs: 1000 * startSeconds,
    endMs: 1000 * endSeconds,
  }));
}

function assignAsWhisperX(python: string, folder: string, input: object): (string | undefined)[][] {
  const script = join(repositoryDir, 'bench/speakers/whisperx_words.py');
  const output = execFileSync(python, [script, folder], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const found = JSON.parse(output.trim().split('\n').at(-1)!) as (string | null)[][];
  return found.map((words) => words.map((speaker) => speaker ?? undefined));
}
