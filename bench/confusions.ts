// Which words the recogniser takes for one another, beside the words of which `heed lint` says that they sound alike.
// The words of everyday lists are spoken as values of one slot, by every voice of this machine, in quiet and in noise.
import { confusionsOf } from '../src/cli/spoken-test/confusions.ts';
import { speakAll } from '../src/cli/spoken-test/speak-all.ts';
import { sentencesOf } from '../src/cli/sentences.ts';
import { findVoices } from '../src/cli/spoken-test/voices.ts';
import { createHeed, defineCommand, list } from '../src/index.ts';
import { maxDistance } from '../src/lint/sound-alikes.ts';
import { soundDistance } from '../src/match/index.ts';
import { Report } from './lib/report.ts';

const words = (
  'bathroom bedroom ballroom kitchen chicken cellar seller garage garden carden hallway highway office attic ' +
  'americano americana latte mocha matcha espresso cappuccino macchiato tea tee key coffee toffee milk silk ' +
  'red read bed lead blue blew green grey great brown crown white wide night light right black block clock pink ' +
  'start stop step chart pause paws play pray next text last fast first thirst alpha delta gamma beta ' +
  'monday sunday thursday tuesday march march-past may day north south east west mouth forward backward ' +
  'alarm a-lamp lamp ramp fan van pan heater theater radio ratio video window widow curtain certain blind blend'
)
  .split(' ')
  .map((word) => word.replace('-', ' '));

const snrs = [undefined, 10];
const choose = defineCommand({
  phrases: ['choose {word}'],
  slots: { word: list(words) },
  examples: words.map((word) => ({ say: `choose ${word}`, args: { word } })),
  run: () => undefined,
});

const report = new Report({ bench: 'confusions', json: process.argv.includes('--json') });
const heed = await createHeed({ commands: { choose }, commandsDir: false, log: () => undefined });
try {
  const { commands } = heed.registry;
  const voices = new Map([['en', await findVoices('en')]]);
  const results = [];
  for await (const spoken of speakAll(heed, await heed.ears(), sentencesOf(commands, 'en'), { voices, snrs })) {
    results.push(spoken);
    if (results.length % 50 === 0) process.stderr.write(`${results.length}\n`);
  }
  const told = words.flatMap((one, at) => words.slice(at + 1).filter((other) => isTold(one, other))).length;
  for (const snrDb of snrs) {
    const some = results.filter((result) => result.snrDb === snrDb);
    const confused = confusionsOf(some).filter(({ of }) => of === '{word}');
    const pairs = new Map(confused.map(({ meant, came }) => [[meant, came].sort().join(' / '), isTold(meant, came)]));
    const countOf = (list: typeof confused): number => list.reduce((sum, { count }) => sum + count, 0);
    report.add({
      identity: { noise: snrDb === undefined ? 'quiet' : `${snrDb} dB` },
      n: some.length,
      values: [
        { metric: 'taken for another', value: countOf(confused), unit: '' },
        {
          metric: 'of these told',
          value: countOf(confused.filter(({ meant, came }) => isTold(meant, came))),
          unit: '',
        },
        { metric: 'pairs confused', value: pairs.size, unit: '' },
        { metric: 'of these told', value: [...pairs.values()].filter(Boolean).length, unit: '' },
        { metric: 'pairs told', value: told, unit: '' },
      ],
    });
    for (const [pair, wasTold] of pairs) console.error(`${snrDb ?? 'quiet'}  ${wasTold ? 'told' : '    '}  ${pair}`);
  }
  report.finish();
} finally {
  await heed.close();
}

/** Whether `heed lint` would say that two words sound alike. */
function isTold(one: string, other: string): boolean {
  return soundDistance(one.split(' '), other.split(' ')) <= maxDistance;
}
