// Home Assistant's own sentences through heed's templates, each file of tests with its own fixtures: how many give the
// right intent and slots. Then one intent is left out at a time, and its sentences must run nothing. `--hassil PYTHON`
// runs hassil beside it, which that Python must have; `--misses` tells what went wrong.
import { loadConfig } from '../src/config/index.ts';
import { HeedError } from '../src/errors.ts';
import { GrammarCompiler } from '../src/grammar/index.ts';
import { Matcher, understandText } from '../src/match/index.ts';
import { runHassil } from './intents/hassil.ts';
import { House, slotsOf, type IntentCommand } from './intents/house.ts';
import { areOpposite } from './intents/opposite.ts';
import { readSuite, type Suite, type TestFile } from './intents/suite.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { percentile } from './lib/statistics.ts';

const allLanguages = ['en', 'de', 'fr', 'es'];
const { match } = loadConfig({ env: {} });

await runBench(
  'intents',
  async (bench) => {
    const { options, dataDir } = bench;
    const languages = typeof options['language'] === 'string' ? options['language'].split(',') : allLanguages;
    for (const language of languages) {
      const suite = readSuite(dataDir, language);
      const unknown = suite.files.find(({ tests }) => tests.length === 0);
      if (unknown) throw new HeedError('bad-config', `${unknown.name} has no tests.`);
      const house = new House(suite);
      const compiler = new GrammarCompiler();
      benchSuite(bench, suite, house, compiler);
      if (typeof options['hassil'] === 'string') await benchHassil(bench, options['hassil'], suite);
      benchLeftOut(bench, suite, house, compiler);
      for (const refused of house.refused) bench.progress(`left out: ${refused}`);
    }
  },
  { language: { type: 'string' }, hassil: { type: 'string' }, misses: { type: 'boolean' } },
);

/** How many sentences give the right intent and slots, and what one takes. */
function benchSuite({ report, options }: Bench, suite: Suite, house: House, compiler: GrammarCompiler): void {
  let [right, total] = [0, 0];
  const ms: number[] = [];
  for (const file of suite.files) {
    const commands = house.commands(file.fixtures);
    const matcher = matcherOf(commands, suite, compiler);
    for (const { sentence, slots } of file.tests) {
      const startedMs = performance.now();
      const result = understandText(matcher, sentence);
      ms.push(performance.now() - startedMs);
      total++;
      const command = commands.find(({ name }) => name === result.match?.command);
      const got = command && slotsOf(command, result.match!.args);
      if (command?.intent === file.intent && hasSlots(got!, slots)) right++;
      else if (options['misses'])
        console.error(`missed\t${file.intent}\t${sentence}\t${command?.name ?? ''} ${JSON.stringify(got ?? '')}`);
    }
  }
  report.add({
    identity: { language: suite.language, engine: 'heed' },
    n: total,
    values: [{ metric: 'right', value: right, unit: '' }, ...times(ms)],
  });
}

/** Leaves out one intent at a time; whatever its sentences still run is wrong. */
function benchLeftOut({ report, options }: Bench, suite: Suite, house: House, compiler: GrammarCompiler): void {
  const counts = { near: 0, opposite: 0, exact: 0, 'exact opposite': 0 };
  const ms: number[] = [];
  for (const file of suite.files) {
    const commands = house.commands(file.fixtures).filter(({ intent }) => intent !== file.intent);
    const matcher = matcherOf(commands, suite, compiler);
    for (const { sentence } of file.tests) {
      const startedMs = performance.now();
      const { match: found } = understandText(matcher, sentence);
      ms.push(performance.now() - startedMs);
      if (!found) continue;
      const { intent } = commands.find(({ name }) => name === found.command)!;
      const isNear = found.via === 'near';
      const isOpposite = areOpposite(file.intent, intent);
      counts[isNear ? 'near' : 'exact']++;
      if (isOpposite) counts[isNear ? 'opposite' : 'exact opposite']++;
      if (options['misses'])
        console.error(
          `${isOpposite ? 'opposite' : 'other'}\t${found.via}\t${file.intent}\t${sentence}\t` +
            `${intent}\t${found.phrase}\t${found.score.toFixed(2)}`,
        );
    }
  }
  report.add({
    identity: { language: suite.language, left: 'one intent' },
    n: ms.length,
    values: [
      { metric: 'ran nearly', value: counts.near, unit: '' },
      { metric: 'opposite', value: counts.opposite, unit: '' },
      { metric: 'ran exactly', value: counts.exact, unit: '' },
      { metric: 'exactly opposite', value: counts['exact opposite'], unit: '' },
      ...times(ms),
    ],
  });
}

async function benchHassil({ report, options }: Bench, python: string, suite: Suite): Promise<void> {
  const { results, ms } = await runHassil(python, suite);
  const tests = suite.files.flatMap((file: TestFile) => file.tests.map((test) => ({ ...test, intent: file.intent })));
  const isRight = ({ intent, slots }: (typeof tests)[number], i: number): boolean =>
    results[i]?.intent === intent && hasSlots(results[i].slots, slots);
  if (options['misses'])
    tests.filter((test, i) => !isRight(test, i)).forEach(({ sentence }) => console.error(`hassil missed\t${sentence}`));
  report.add({
    identity: { language: suite.language, engine: 'hassil' },
    n: tests.length,
    values: [{ metric: 'right', value: tests.filter(isRight).length, unit: '' }, ...times(ms)],
  });
}

function matcherOf(commands: readonly IntentCommand[], { language }: Suite, compiler: GrammarCompiler): Matcher {
  return new Matcher(compiler.compile(commands, { language }).grammar, match);
}

/** Whether all slots have one of the values that are right. */
function hasSlots(got: Readonly<Record<string, unknown>>, wanted: Readonly<Record<string, unknown>>): boolean {
  const plain = (value: unknown): string => String(value).toLowerCase().trim();
  return Object.entries(wanted).every(([name, value]) =>
    [value, ...(Array.isArray(value) ? (value as unknown[]) : [])].some((one) => plain(one) === plain(got[name])),
  );
}

function times(ms: readonly number[]): { metric: string; value: number; unit: string }[] {
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(ms, share)) as [number, number, number];
  return [
    { metric: 'p50', value: p50, unit: 'ms' },
    { metric: 'p99', value: p99, unit: 'ms' },
    { metric: 'max', value: most, unit: 'ms' },
  ];
}
