/**
 * How long the longest search for a near match takes, on a registry of 1,000 commands: for commands with words lost,
 * put in or misspelled, and for random inputs. It is given as CPU time of the process, so that other programs do not
 * influence it much. What takes long is measured once more, because the collection of garbage that earlier inputs left
 * is no work of its own. It needs no recordings.
 */
import { defaultConfig } from '../src/config/index.ts';
import { GrammarCompiler, text, type GrammarCommand } from '../src/grammar/index.ts';
import { Matcher, understandText } from '../src/match/index.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { createRandom } from './lib/random.ts';
import { randomInput, spoil } from './lib/random-inputs.ts';
import { pickFrom, randomRegistry } from './lib/random-registry.ts';
import { percentile } from './lib/statistics.ts';

/** What takes longer than this is measured once more, and told with its text, CPU ms. */
const longMs = 30;
/** The protocol takes no longer phrase. */
const mostLetters = 1_000;

await runBench(
  'near-time',
  async (bench) => {
    const count = Number(bench.options['count'] ?? 100_000);
    const registry = randomRegistry(1_000, createRandom('near time'));
    const commands = registry.map(({ command }) => command);
    const greedy: GrammarCommand = { name: 'later', phrases: ['{what} after midnight'], slots: { what: text() } };
    const sets = [
      { name: 'plain', commands, chain: false, share: 1 },
      { name: 'with a greedy phrase, in one breath', commands: [...commands, greedy], chain: true, share: 0.2 },
    ];
    for (const { name, commands: all, chain, share } of sets) {
      const { grammar } = new GrammarCompiler().compile(all, { language: 'en', chain });
      const matcher = new Matcher(grammar, defaultConfig.match);
      benchInputs(bench, matcher, {
        identity: { registry: name, input: 'commands spoiled' },
        count: (share * count) / 10,
        make: (random) => spoil(pickFrom(random, registry).say(random).text, random),
      });
      benchInputs(bench, matcher, {
        identity: { registry: name, input: 'random' },
        count: share * count,
        make: (random) => randomInput(registry, random),
      });
    }
  },
  { count: { type: 'string' } },
  { needsData: false },
);

function benchInputs(
  { report, progress }: Bench,
  matcher: Matcher,
  inputs: { identity: Record<string, string>; count: number; make: (random: () => number) => string },
): void {
  const { identity, count, make } = inputs;
  const random = createRandom(Object.values(identity).join(' '));
  const times: number[] = [];
  let matched = 0;
  // The first ones fill the tables and are compiled.
  for (let i = -200; i < count; i++) {
    const said = make(random).slice(0, mostLetters);
    const first = measured(matcher, said);
    if (i < 0) continue;
    const ms = first.ms > longMs ? Math.min(first.ms, measured(matcher, said).ms) : first.ms;
    times.push(ms);
    if (first.hasMatched) matched++;
    if (ms > longMs) progress(`${ms.toFixed(1)} CPU ms: ${said}`);
  }
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(times, share)) as [number, number, number];
  report.add({
    identity,
    n: times.length,
    values: [
      { metric: 'matched', value: matched, unit: '' },
      { metric: 'p50', value: p50, unit: 'CPU ms' },
      { metric: 'p99', value: p99, unit: 'CPU ms' },
      { metric: 'max', value: most, unit: 'CPU ms' },
    ],
  });
}

function measured(matcher: Matcher, said: string): { ms: number; hasMatched: boolean } {
  const started = process.cpuUsage();
  const { match } = understandText(matcher, said);
  const { user, system } = process.cpuUsage(started);
  return { ms: (user + system) / 1000, hasMatched: match !== undefined };
}
