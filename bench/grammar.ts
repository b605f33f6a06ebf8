/**
 * What compiling and matching cost, by the number of commands, and with a list of 100,000 values. It needs no
 * recordings. Compiling is given as CPU time of the process, all threads, so that other programs do not influence it;
 * matching is given as wall time.
 */
import { defaultConfig } from '../src/config/index.ts';
import { GrammarCompiler, list, type GrammarCommand } from '../src/grammar/index.ts';
import { Matcher } from '../src/match/index.ts';
import type { Command } from '../src/registry/index.ts';
import { Grammars } from '../src/session/grammars.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { commandOf, phraseOf, things } from './lib/many-commands.ts';
import { createRandom } from './lib/random.ts';
import { median, percentile } from './lib/statistics.ts';

function timed<T>(work: () => T): { ms: number; cpuMs: number; result: T } {
  const [startedMs, startedCpu] = [performance.now(), process.cpuUsage()];
  const result = work();
  const ms = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(startedCpu);
  return { ms, cpuMs: (user + system) / 1000, result };
}

/** Makes a command as the registry holds it; nothing is run here. */
function toCommand(command: GrammarCommand): Command {
  const run = (): void => undefined;
  const checks = { risk: 'low', delayable: false, confirmBySpeech: false, pin: false, followUps: [] } as const;
  return {
    rules: {},
    examples: [],
    not: [],
    contexts: [],
    ...checks,
    description: '',
    state: {},
    version: '',
    ...command,
    run,
  };
}

function benchCompiling(commands: GrammarCommand[], { report }: Bench): void {
  const options = { language: 'en' };
  const runs = Array.from({ length: 5 }, () => {
    // New slots each time, so that nothing has been compiled before.
    const fresh = commands.map((_, i) => commandOf(i));
    const compiler = new GrammarCompiler();
    const cold = timed(() => compiler.compile(fresh, options));
    const graph = timed(() => cold.result.grammar.graph);
    const changed = fresh.with(fresh.length >> 1, {
      ...fresh[fresh.length >> 1]!,
      phrases: ['a wholly new phrase {value}'],
    });
    const reload = timed(() => compiler.compile(changed, options));
    const grammars = new Grammars({ commands: fresh.map(toCommand) }, defaultConfig.match);
    const contexts = [['one'], ['other']];
    for (const active of contexts) grammars.get('en', undefined, active);
    const swaps = Array.from({ length: 50 }, (_, n) => timed(() => grammars.get('en', undefined, contexts[n % 2])).ms);
    return {
      cold: cold.cpuMs,
      graph: graph.cpuMs,
      reload: reload.cpuMs,
      swap: median(swaps),
      nodes: graph.result.final.length,
    };
  });
  const of = (name: keyof (typeof runs)[number]): number => median(runs.map((run) => run[name]));
  report.add({
    identity: { commands: commands.length },
    n: runs.length,
    values: [
      { metric: 'compile', value: of('cold'), unit: 'CPU ms' },
      { metric: 'graph', value: of('graph'), unit: 'CPU ms' },
      { metric: 'reload of one', value: of('reload'), unit: 'CPU ms' },
      { metric: 'swap', value: of('swap') * 1000, unit: 'µs' },
      { metric: 'nodes', value: of('nodes'), unit: '' },
    ],
  });
}

/** Matches phrases that no command sounds like, phrases that are slightly misheard, and commands. */
function benchMatching(commands: GrammarCommand[], { report }: Bench): void {
  const matcher = new Matcher(new GrammarCompiler().compile(commands, { language: 'en' }).grammar, defaultConfig.match);
  const random = createRandom('phrases');
  const numbers = Array.from({ length: 400 }, () => Math.floor(random() * commands.length));
  const cases: Record<string, string[]> = {
    command: numbers.map(phraseOf),
    near: numbers.map((i) => phraseOf(i).replace(/([a-z]{4,})([a-z])\b/, '$1e$2')),
    none: numbers.map(
      (i) => `it was ${things[i % things.length]!} weather when she came home from the market yesterday`,
    ),
  };
  for (const [kind, phrases] of Object.entries(cases)) {
    for (const phrase of phrases) matcher.match(phrase);
    const { cpuMs, result: ms } = timed(() => phrases.map((phrase) => timed(() => matcher.match(phrase)).ms));
    report.add({
      identity: { commands: commands.length, phrase: kind },
      n: ms.length,
      values: [
        { metric: 'p50', value: median(ms), unit: 'ms' },
        { metric: 'p95', value: percentile(ms, 0.95), unit: 'ms' },
        { metric: 'mean', value: cpuMs / ms.length, unit: 'CPU ms' },
      ],
    });
  }
}

function benchLongList({ report }: Bench): void {
  const random = createRandom('people');
  const syllables = 'ba be do ka lo mi na pe ra so ta vu wi zo'.split(' ');
  const name = (): string =>
    Array.from({ length: 3 }, () => syllables[Math.floor(random() * syllables.length)]!).join('') +
    'nrst'[Math.floor(random() * 4)]!;
  const people = [...new Set(Array.from({ length: 130_000 }, () => `${name()} ${name()}`))].slice(0, 100_000);
  const compiled = timed(() =>
    new GrammarCompiler().compile([{ name: 'call', phrases: ['call {who}'], slots: { who: list(people) } }], {
      language: 'en',
    }),
  );
  const matcher = new Matcher(compiled.result.grammar, defaultConfig.match);
  const graph = timed(() => compiled.result.grammar.graph);
  const said = people.filter((_, n) => n % 1000 === 0);
  const exact = said.map((person) => timed(() => matcher.match(`call ${person}`)).ms);
  const first = timed(() => matcher.match('call somebody'));
  const near = said.map((person) => timed(() => matcher.match(`call ${person.slice(0, 3)}e${person.slice(4)}`)).ms);
  report.add({
    identity: { list: people.length },
    n: said.length,
    values: [
      { metric: 'compile', value: compiled.cpuMs, unit: 'CPU ms' },
      { metric: 'graph', value: graph.cpuMs, unit: 'CPU ms' },
      { metric: 'match p50', value: median(exact), unit: 'ms' },
      { metric: 'first near', value: first.cpuMs, unit: 'CPU ms' },
      { metric: 'near p50', value: median(near), unit: 'ms' },
      { metric: 'near p95', value: percentile(near, 0.95), unit: 'ms' },
    ],
  });
}

await runBench('grammar', async (bench) => {
  const commands = Array.from({ length: 1_000 }, (_, i) => commandOf(i));
  // Otherwise the first measurement would include the warm-up of the compiler.
  new GrammarCompiler().compile(commands.slice(0, 50), { language: 'en' });
  for (const count of [10, 100, 1_000]) benchCompiling(commands.slice(0, count), bench);
  for (const count of [10, 100, 1_000]) benchMatching(commands.slice(0, count), bench);
  benchLongList(bench);
});
