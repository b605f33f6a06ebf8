/**
 * How long the longest search for a near match takes, on registries of 1,000 commands: for commands with a word lost,
 * put in or misspelled, and for random inputs. It is given as CPU time of the process, all threads, so that other
 * programs do not influence it, and as states that were looked at, which depend on nothing but the input.
 */
import { defaultConfig } from '../src/config/index.ts';
import { GrammarCompiler, text, type GrammarCommand } from '../src/grammar/index.ts';
import { Matcher, understandText } from '../src/match/index.ts';
import { runBench } from './lib/bench.ts';
import { createRandom } from './lib/random.ts';
import { randomInput, spoil } from './lib/random-inputs.ts';
import { randomRegistry, pickFrom } from './lib/random-registry.ts';
import { percentile } from './lib/statistics.ts';

/** Only what takes this long is told with its text, CPU ms. */
const longMs = 30;

await runBench(
  'near-time',
  async ({ report, options, progress }) => {
    const count = Number(options['count'] ?? 100_000);
    const random = createRandom('near time');
    const registry = randomRegistry(1_000, random);
    const commands = registry.map(({ command }) => command);
    const greedy: GrammarCommand = { name: 'later', phrases: ['{what} after midnight'], slots: { what: text() } };
    const sets: Record<string, readonly GrammarCommand[]> = { plain: commands, greedy: [...commands, greedy] };
    for (const [name, set] of Object.entries(sets)) {
      const matcher = new Matcher(new GrammarCompiler().compile(set, { language: 'en' }).grammar, defaultConfig.match);
      matcher.match('so that the tables are filled');
      const inputs: Record<string, (from: () => number) => string> = {
        spoiled: (from) => spoil(pickFrom(from, registry).say(from).text, from),
        random: (from) => randomInput(registry, from),
      };
      for (const [kind, make] of Object.entries(inputs)) {
        const from = createRandom(`${name} ${kind}`);
        const times: number[] = [];
        let found = 0;
        for (let i = 0; i < (kind === 'random' ? count : count / 10); i++) {
          const text = make(from);
          const started = process.cpuUsage();
          const { match } = understandText(matcher, text);
          const { user, system } = process.cpuUsage(started);
          const ms = (user + system) / 1000;
          if (match) found++;
          times.push(ms);
          if (ms > longMs) progress(`${ms.toFixed(1)} CPU ms: ${text.slice(0, 300)}`);
        }
        const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(times, share)) as [number, number, number];
        report.add({
          identity: { registry: name, input: kind },
          n: times.length,
          values: [
            { metric: 'matched', value: found, unit: '' },
            { metric: 'p50', value: p50, unit: 'CPU ms' },
            { metric: 'p99', value: p99, unit: 'CPU ms' },
            { metric: 'max', value: most, unit: 'CPU ms' },
          ],
        });
      }
    }
  },
  { count: { type: 'string' } },
  { needsData: false },
);
