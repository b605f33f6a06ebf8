/** How long compiling and matching take, by the number of commands, and with a list of 100,000 values. Needs no recordings. */
import { defaultConfig } from '../src/config.ts';
import { duration, GrammarCompiler, list, number, percent, text, type GrammarCommand, type Slot } from '../src/grammar/index.ts';
import { Matcher } from '../src/match/index.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { createRandom } from './lib/random.ts';
import { median, percentile } from './lib/statistics.ts';

const verbs = 'set start show open play move check adjust reset read print send find mark sort copy share watch clean launch'.split(' ');
const things = ('kettle radio window garden printer camera heater folder invoice ticket garage mirror engine bottle carpet ladder planet basket pencil saddle tunnel violin '
  + 'anchor barrel candle desert feather guitar hammer island jacket kitten lantern magnet needle orchid parrot quilt rocket spider turtle umbrella valley walnut yogurt zipper '
  + 'pillow shadow').split(' ');
const places = ['kitchen', 'living room', 'bedroom', 'office', 'hallway', 'cellar', 'attic', 'balcony', 'bathroom', 'nursery'];
const slotKinds: (() => Slot)[] = [() => list(places), () => number({ max: 500 }), () => percent(), () => duration(), () => text()];
const spoken = ['living room', 'forty-two', '50%', 'an hour and a half', 'buy milk'];

/** Command i of many: a verb and a thing that no other has together, and one slot. */
function commandOf(i: number): GrammarCommand {
  const [verb, thing] = [verbs[i % verbs.length]!, things[Math.floor(i / verbs.length) % things.length]!];
  return { name: `${verb}-${thing}`, phrases: [`${verb} [the] ${thing} [(to|in|for)] {value}`, `[please] ${verb} (my|the) ${thing} quickly`], slots: { value: slotKinds[i % slotKinds.length]!() } };
}

function phraseOf(i: number): string {
  return `${verbs[i % verbs.length]!} the ${things[Math.floor(i / verbs.length) % things.length]!} to ${spoken[i % spoken.length]!}`;
}

function timed<T>(work: () => T): { ms: number; result: T } {
  const startedMs = performance.now();
  const result = work();
  return { ms: performance.now() - startedMs, result };
}

function benchCompiling(commands: GrammarCommand[], { report }: Bench): void {
  const options = { language: 'en' };
  const runs = Array.from({ length: 5 }, () => {
    // Other slots each time: nothing may be known before.
    const fresh = commands.map((_, i) => commandOf(i));
    const compiler = new GrammarCompiler();
    const cold = timed(() => compiler.compile(fresh, options));
    const graph = timed(() => cold.result.grammar.graph);
    const changed = fresh.with(fresh.length >> 1, { ...fresh[fresh.length >> 1]!, phrases: ['a wholly new phrase {value}'] });
    const reload = timed(() => compiler.compile(changed, options));
    const swaps = Array.from({ length: 50 }, (_, n) => timed(() => compiler.compile(n % 2 ? fresh : changed, options)).ms);
    return { cold: cold.ms, graph: graph.ms, reload: reload.ms, swap: median(swaps), nodes: graph.result.final.length };
  });
  const of = (name: keyof (typeof runs)[number]): number => median(runs.map((run) => run[name]));
  report.add({
    identity: { commands: commands.length }, n: runs.length,
    values: [
      { metric: 'compile', value: of('cold'), unit: 'ms' }, { metric: 'graph', value: of('graph'), unit: 'ms' }, { metric: 'reload of one', value: of('reload'), unit: 'ms' },
      { metric: 'swap', value: of('swap') * 1000, unit: 'µs' }, { metric: 'nodes', value: of('nodes'), unit: '' },
    ],
  });
}

/** Something no command sounds like, something slightly misheard, and commands. */
function benchMatching(commands: GrammarCommand[], { report }: Bench): void {
  const matcher = new Matcher(new GrammarCompiler().compile(commands, { language: 'en' }).grammar, defaultConfig.match);
  const random = createRandom('phrases');
  const numbers = Array.from({ length: 400 }, () => Math.floor(random() * commands.length));
  const cases: Record<string, string[]> = {
    command: numbers.map(phraseOf),
    near: numbers.map((i) => phraseOf(i).replace(/([a-z]{4,})([a-z])\b/, '$1e$2')),
    none: numbers.map((i) => `it was ${things[i % things.length]!} weather when she came home from the market yesterday`),
  };
  for (const [kind, phrases] of Object.entries(cases)) {
    for (const phrase of phrases) matcher.match(phrase);
    const ms = phrases.map((phrase) => timed(() => matcher.match(phrase)).ms);
    report.add({
      identity: { commands: commands.length, phrase: kind }, n: ms.length,
      values: [{ metric: 'p50', value: median(ms), unit: 'ms' }, { metric: 'p95', value: percentile(ms, 0.95), unit: 'ms' }],
    });
  }
}

function benchLongList({ report }: Bench): void {
  const random = createRandom('people');
  const syllables = 'ba be do ka lo mi na pe ra so ta vu wi zo'.split(' ');
  const name = (): string => Array.from({ length: 3 }, () => syllables[Math.floor(random() * syllables.length)]!).join('') + 'nrst'[Math.floor(random() * 4)]!;
  const people = [...new Set(Array.from({ length: 130_000 }, () => `${name()} ${name()}`))].slice(0, 100_000);
  const { ms, result } = timed(() => new GrammarCompiler().compile([{ name: 'call', phrases: ['call {who}'], slots: { who: list(people) } }], { language: 'en' }));
  const matcher = new Matcher(result.grammar, defaultConfig.match);
  const graph = timed(() => result.grammar.graph);
  const said = people.filter((_, n) => n % 1000 === 0);
  const exact = said.map((person) => timed(() => matcher.match(`call ${person}`)).ms);
  const first = timed(() => matcher.match('call somebody'));
  const near = said.map((person) => timed(() => matcher.match(`call ${person.slice(0, 3)}e${person.slice(4)}`)).ms);
  report.add({
    identity: { list: people.length }, n: said.length,
    values: [
      { metric: 'compile', value: ms, unit: 'ms' }, { metric: 'graph', value: graph.ms, unit: 'ms' }, { metric: 'match p50', value: median(exact), unit: 'ms' },
      { metric: 'first near', value: first.ms, unit: 'ms' }, { metric: 'near p50', value: median(near), unit: 'ms' }, { metric: 'near p95', value: percentile(near, 0.95), unit: 'ms' },
    ],
  });
}

await runBench('grammar', async (bench) => {
  const commands = Array.from({ length: 1_000 }, (_, i) => commandOf(i));
  // Whatever runs first pays for the compiler's own warm-up.
  new GrammarCompiler().compile(commands.slice(0, 50), { language: 'en' });
  for (const count of [10, 100, 1_000]) benchCompiling(commands.slice(0, count), bench);
  for (const count of [10, 100, 1_000]) benchMatching(commands.slice(0, count), bench);
  benchLongList(bench);
});
