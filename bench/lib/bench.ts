import { asHeedError } from '../../src/errors.ts';
import { parseBenchArguments, type BenchArguments, type BenchOptions } from './arguments.ts';
import { clipsOf, readManifest, type Clip } from './manifest.ts';
import { Report } from './report.ts';

/** What a bench works with. */
export interface Bench extends BenchArguments {
  report: Report;
  /** Returns the clips of a set, at most `--limit` of them. */
  clips: (set: string) => Clip[];
  /** Reports the progress of the run on standard error. */
  progress: (text: string) => void;
}

/**
 * Runs a bench with the command line's arguments. The report is written when `work` has finished.
 * @example
 * await runBench('words', async ({ clips, report }) => { … report.add({ identity: { model }, n, values }); });
 */
export async function runBench(
  name: string,
  work: (bench: Bench) => Promise<void>,
  options: BenchOptions = {},
  needs: { needsData?: boolean } = {},
): Promise<void> {
  try {
    const args = parseBenchArguments(process.argv.slice(2), options, needs);
    const report = new Report({ bench: name, json: args.json });
    await work({
      ...args,
      report,
      clips: (set) => clipsOf(readManifest(args.dataDir), set, args.limit),
      progress: (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`),
    });
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    report.finish();
  } catch (error) {
    const { code, message, stack } = asHeedError(error);
    console.error(code === 'internal' ? stack : `✗ ${message}`);
    process.exitCode = 1;
  }
}
