// Words that no template accepts: how often heed suggests the right command for paraphrases, and a wrong one for them
// or for sentences that are no command; beside near matching alone, and beside triggers that are compared as a whole.
import { join } from 'node:path';
import { defaultConfig } from '../src/config/index.ts';
import { compileGrammar } from '../src/grammar/index.ts';
import { Matcher, understandText } from '../src/match/index.ts';
import { loadSentenceModel, Suggester } from '../src/suggest/index.ts';
import type { CommandMatch } from '../src/types.ts';
import { repositoryDir } from './lib/arguments.ts';
import { runBench } from './lib/bench.ts';
import { isExpected } from './lib/expected.ts';
import { loadCommands } from './lib/recogniser.ts';
import { percentile } from './lib/statistics.ts';
import { nearestTrigger } from './paraphrase/triggers.ts';
import { readSentences, sentenceFiles, type Sentence } from './resemble/sentences.ts';

const ways = ['near', 'triggers', 'suggested'] as const;

/** What one way makes of a sentence; `isRight` with the arguments, except for triggers, which have none. */
interface Verdict {
  way: (typeof ways)[number];
  half: 'developing' | 'judging';
  isCommand: boolean;
  isActedOn: boolean;
  isRight: boolean;
  ms: number;
}

await runBench(
  'paraphrase',
  async ({ report, options, progress }) => {
    const model = typeof options['model'] === 'string' ? options['model'] : 'all-minilm-l6-v2';
    const config = { ...defaultConfig, match: { ...defaultConfig.match, model } };
    const sentenceModel = await loadSentenceModel(config);
    const suggester = new Suggester(sentenceModel);
    const verdicts: Verdict[] = [];
    for (const [registry, file] of sentenceFiles(join(repositoryDir, 'bench/paraphrase'))) {
      const commands = await loadCommands(registry);
      const riskOf = new Map(commands.map(({ name, risk }) => [name, risk]));
      const matcher = new Matcher(compileGrammar([...commands], { language: 'en' }).grammar, config.match);
      const mayBeMeant = (name: string): boolean => riskOf.get(name) === 'low';
      for (const [index, sentence] of readSentences(file, registry).entries()) {
        const { say } = sentence;
        const half = index % 2 === 0 ? 'developing' : 'judging';
        const judge = (
          way: Verdict['way'],
          startedMs: number,
          match: Pick<CommandMatch, 'command' | 'args'> | undefined,
        ): void => {
          const ms = performance.now() - startedMs;
          const verdict = {
            way,
            half,
            ms,
            isCommand: sentence.expect.length > 0,
            isActedOn: match !== undefined,
          } as const;
          verdicts.push({ ...verdict, isRight: isRight(way, sentence, match) });
          if (options['misses'] === true && match && !verdicts.at(-1)!.isRight)
            console.error(
              [way, half, registry, sentence.kind, say, match.command, JSON.stringify(match.args)].join('\t'),
            );
        };
        const nearMs = performance.now();
        const result = understandText(matcher, say);
        judge('near', nearMs, result.match);
        const triggerMs = performance.now();
        judge('triggers', triggerMs, await nearestTrigger(say, commands, sentenceModel));
        const suggestMs = performance.now();
        judge('suggested', suggestMs, await suggester.suggest({ text: say, result, matcher, mayBeMeant }));
      }
      progress(registry);
    }
    await suggester.close();
    for (const half of ['developing', 'judging'] as const)
      for (const way of ways) {
        const own = verdicts.filter((verdict) => verdict.way === way && verdict.half === half);
        const [meant, others] = [own.filter(({ isCommand }) => isCommand), own.filter(({ isCommand }) => !isCommand)];
        const share = (some: readonly Verdict[], all: readonly Verdict[]): number => (100 * some.length) / all.length;
        const times = own.map(({ ms }) => ms);
        report.add({
          identity: { model: way === 'near' ? 'none' : model, way, half },
          n: own.length,
          values: [
            {
              metric: 'paraphrases right',
              value: share(
                meant.filter(({ isRight }) => isRight),
                meant,
              ),
              unit: '%',
            },
            {
              metric: 'paraphrases wrong',
              value: share(
                meant.filter((one) => one.isActedOn && !one.isRight),
                meant,
              ),
              unit: '%',
            },
            {
              metric: 'no command, acted on',
              value: share(
                others.filter(({ isActedOn }) => isActedOn),
                others,
              ),
              unit: '%',
            },
            { metric: 'time p50', value: percentile(times, 0.5), unit: 'ms' },
            { metric: 'time p95', value: percentile(times, 0.95), unit: 'ms' },
          ],
        });
      }
  },
  { model: { type: 'string' }, misses: { type: 'boolean' } },
  { needsData: false },
);

function isRight(
  way: Verdict['way'],
  { expect: [wanted] }: Sentence,
  match: Pick<CommandMatch, 'command' | 'args'> | undefined,
): boolean {
  return way === 'triggers' ? wanted !== undefined && match?.command === wanted.command : isExpected(wanted, match);
}
