import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import type { Bench } from './bench.ts';
import { median, percentile } from './statistics.ts';

/** What became of one clip. */
export interface Outcome {
  /** closed or extendable: the completeness of the command's phrase; none: there was no command. */
  kind: string;
  /** From the true end to the handler (or to the transcript), ms; absent when nothing came after the end. */
  delayMs?: number;
  /** How much silence the engine waited for, ms of its sound; what of the delay came after that; the reading alone. */
  silenceMs?: number;
  waitedMs?: number;
  readingMs?: number;
  /** The processor time of all processes from the first sound to the result, ms. */
  cpuMs?: number;
  /** The words ended the segment, and not the silence. */
  isEarly: boolean;
  /** Why the segment ended when it did. */
  because?: string;
  isRight: boolean;
  /** A command ran while its speaker was still speaking. */
  isPremature: boolean;
  /** The phrase was cut before its end. */
  isCut: boolean;
}

/** Adds the rows of one set with one engine: by kind of command, and of closed ones by what ended them. */
export function addLatencies({ report }: Bench, identity: Record<string, string>, all: readonly Outcome[]): void {
  const closed = all.filter(({ kind }) => kind === 'closed');
  const groups = [
    ['closed', closed],
    ['extendable', all.filter(({ kind }) => kind === 'extendable')],
    ['all', all],
  ] as const;
  for (const [commands, outcomes] of groups) {
    if (outcomes.length === 0) continue;
    const of = (value: (outcome: Outcome) => number | undefined): number[] =>
      outcomes.flatMap((outcome) => value(outcome) ?? []);
    const share = (pick: (outcome: Outcome) => boolean): number =>
      (100 * outcomes.filter(pick).length) / outcomes.length;
    const delaysMs = of(({ delayMs }) => delayMs);
    report.add({
      identity: { ...identity, commands },
      n: outcomes.length,
      values: [
        { metric: 'p50', value: median(delaysMs), unit: 'ms' },
        { metric: 'p95', value: percentile(delaysMs, 0.95), unit: 'ms' },
        { metric: 'early end', value: share(({ isEarly }) => isEarly), unit: '%' },
        { metric: 'premature', value: share(({ isPremature }) => isPremature), unit: '%' },
        { metric: 'cut early', value: share(({ isCut }) => isCut), unit: '%' },
        { metric: 'right', value: share(({ isRight }) => isRight), unit: '%' },
        { metric: 'silence p50', value: median(of(({ silenceMs }) => silenceMs)), unit: 'ms' },
        { metric: 'waited after it p50', value: median(of(({ waitedMs }) => waitedMs)), unit: 'ms' },
        { metric: 'reading p50', value: median(of(({ readingMs }) => readingMs)), unit: 'ms' },
        {
          metric: 'reading p95',
          value: percentile(
            of(({ readingMs }) => readingMs),
            0.95,
          ),
          unit: 'ms',
        },
        { metric: 'processor p50', value: median(of(({ cpuMs }) => cpuMs)), unit: 'ms' },
        { metric: 'load', value: loadavg()[0]! / availableParallelism(), unit: 'a core' },
      ],
    });
  }
  for (const because of new Set(closed.map(({ because = 'nothing' }) => because))) {
    const own = closed.filter((outcome) => (outcome.because ?? 'nothing') === because);
    report.add({
      identity: { ...identity, 'closed, ended by': because, processor: processorFeatures() },
      n: own.length,
      values: [
        { metric: 'p50', value: median(own.flatMap(({ delayMs }) => delayMs ?? [])), unit: 'ms' },
        { metric: 'silence p50', value: median(own.flatMap(({ silenceMs }) => silenceMs ?? [])), unit: 'ms' },
      ],
    });
  }
}

/** Returns the number of cores and what their vector units can do, as far as it matters to the recogniser. */
function processorFeatures(): string {
  const cores = `${availableParallelism()} cores`;
  try {
    const flags = new Set(/^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' '));
    return [cores, ...['avx2', 'avx512f', 'avx512_bf16', 'amx_bf16'].filter((flag) => flags.has(flag))].join(' ');
  } catch {
    // Other systems have no such file.
    return cores;
  }
}
