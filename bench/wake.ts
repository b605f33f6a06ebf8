// Wake phrases: how often "computer" and "jarvis" are heard, alone and before a command, in quiet and in kitchen noise,
// and how often anything else is taken for them. --judged leaves out the half of the recordings that may be looked at,
// --misses tells what went wrong, and --part takes some of the parts.
import { msToSamples } from '../src/types.ts';
import { speak } from '../test/speech.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { withKitchenNoise } from './lib/kitchen-noise.ts';
import { loadClip, type Clip } from './lib/manifest.ts';
import { createRandom } from './lib/random.ts';
import { mapSideBySide } from './lib/recogniser.ts';
import { speechBounds } from './lib/speech-end.ts';
import { WakeHearing, type Heard } from './wake/hearing.ts';
import { nearSentences } from './wake/near-words.ts';

/** The voice activity model knows a room from a second of it, ms. */
const aroundMs = 1_000;

const words = ['computer', 'jarvis'] as const;
const parts = ['alone', 'before', 'others', 'near'] as const;
const voices = ['en-us', 'en-gb+f3'];
const noiseDb = 10;
/** People hardly pause between a wake phrase and the command. */
const gapMs = 150;
/** Speech without a wake phrase: meetings, books, and orders and commands that somebody gives somebody else. */
const otherSets = [
  'ami-debug',
  'ami-sample',
  'librispeech-test-other',
  'librispeech-train100-1utt',
  'speech-to-phrase-tts',
  's2i-barista',
];

await runBench(
  'wake',
  async (bench) => {
    const { options } = bench;
    const hearing = await WakeHearing.open(words, typeof options['model'] === 'string' ? options['model'] : undefined);
    const wanted = typeof options['part'] === 'string' ? options['part'].split(',') : parts;
    try {
      if (wanted.includes('alone')) await alone(bench, hearing);
      if (wanted.includes('before')) await beforeCommands(bench, hearing);
      if (wanted.includes('others')) await others(bench, hearing);
      if (wanted.includes('near')) await near(bench, hearing);
    } finally {
      await hearing.close();
    }
  },
  { model: { type: 'string' }, part: { type: 'string' }, judged: { type: 'boolean' }, misses: { type: 'boolean' } },
);

/** Half of the recordings, by their names, may be looked at when limits are set; the other half only judges. */
function isJudge({ name }: Clip): boolean {
  return createRandom(`${name} half`)() < 0.5;
}

async function alone(bench: Bench, hearing: WakeHearing): Promise<void> {
  for (const snrDb of [undefined, noiseDb]) {
    const clips = bench.clips('wakeword').filter((clip) => bench.options['judged'] !== true || isJudge(clip));
    const results = await hearAll(bench, clips, async (clip) => {
      const heard = await hearing.hear(
        await withKitchenNoise(bench, await loadClip(clip), { snrDb, seed: clip.name, aroundMs }),
      );
      return {
        clip,
        isRight: heard.some(({ outcome, phrase }) => outcome === 'awake' && phrase === clip.label),
        heard,
      };
    });
    for (const word of words) {
      for (const isJudged of bench.options['judged'] === true ? [true] : [true, false]) {
        const own = results.filter(({ clip }) => clip.label === word && isJudge(clip) === isJudged);
        addShare(bench, own, {
          identity: { model: hearing.model, part: 'alone', word, sound: soundOf(snrDb), half: halfOf(isJudged) },
          metric: 'woke',
        });
      }
    }
  }
}

/** Each command is spoken after a wake phrase that is chosen by the command's name. */
async function beforeCommands(bench: Bench, hearing: WakeHearing): Promise<void> {
  const wakes = bench.clips('wakeword').filter(isJudge);
  for (const snrDb of [undefined, noiseDb]) {
    for (const word of words) {
      const ofWord = wakes.filter(({ label }) => label === word);
      const commands = bench.clips('speech-to-phrase-tts');
      const results = await hearAll(bench, commands, async (clip) => {
        const command = await loadClip(clip);
        const wanted = await hearing.hearPlainly(command);
        const wake = ofWord[Math.floor(createRandom(`${clip.name} ${word}`)() * ofWord.length)]!;
        const sound = joined(await loadClip(wake), command);
        const heard = await hearing.hear(await withKitchenNoise(bench, sound, { snrDb, seed: clip.name, aroundMs }));
        const matches = heard.flatMap(({ match }) => match ?? []);
        const isRight = matches.some((match) => isSame(match, wanted));
        return { clip, isRight, isWrong: matches.some((match) => !isSame(match, wanted)), heard };
      });
      const identity = { model: hearing.model, part: 'before a command', word, sound: soundOf(snrDb), half: 'judged' };
      addShare(bench, results, { identity, metric: 'ran' });
    }
  }
}

async function others(bench: Bench, hearing: WakeHearing): Promise<void> {
  for (const set of otherSets) {
    const results = await hearAll(bench, bench.clips(set), async (clip) => {
      const heard = await hearing.hear(await loadClip(clip));
      return { clip, isRight: heard.every(({ outcome }) => outcome === 'nothing'), heard };
    });
    const count = (wanted: Heard['outcome']): number =>
      results.flatMap(({ heard }) => heard).filter(({ outcome }) => outcome === wanted).length;
    const hours = results.reduce((sum, { clip }) => sum + clip.seconds, 0) / 3_600;
    bench.report.add({
      identity: { model: hearing.model, part: 'other speech', set },
      n: results.flatMap(({ heard }) => heard).length,
      values: [
        { metric: 'hours', value: hours, unit: 'h' },
        { metric: 'commands run', value: count('command'), unit: '' },
        { metric: 'woken', value: count('awake'), unit: '' },
        { metric: 'taken as addressed', value: count('unknown'), unit: '' },
      ],
    });
  }
}

async function near(bench: Bench, hearing: WakeHearing): Promise<void> {
  for (const [half, sentences] of Object.entries(nearSentences)) {
    const trials = sentences.flatMap((text) => voices.map((voice) => ({ text, voice })));
    const results = await mapSideBySide(trials, async ({ text, voice }) => {
      const heard = await hearing.hear(await speak(text, { voice }));
      const acted = heard.filter(({ outcome }) => outcome !== 'nothing');
      if (bench.options['misses'] === true && acted.length > 0) console.error(`near: ${voice} "${text}"`, acted);
      return heard;
    });
    const count = (wanted: Heard['outcome']): number =>
      results.flat().filter(({ outcome }) => outcome === wanted).length;
    bench.report.add({
      identity: { model: hearing.model, part: 'near words', half },
      n: trials.length,
      values: [
        { metric: 'commands run', value: count('command'), unit: '' },
        { metric: 'woken', value: count('awake'), unit: '' },
        { metric: 'taken as addressed', value: count('unknown'), unit: '' },
      ],
    });
  }
}

interface Result {
  clip: Clip;
  isRight: boolean;
  isWrong?: boolean;
  heard: Heard[];
}

async function hearAll(
  { progress, options }: Bench,
  clips: readonly Clip[],
  hear: (clip: Clip) => Promise<Result>,
): Promise<Result[]> {
  return mapSideBySide(clips, async (clip, index) => {
    if (index % 20 === 0) progress(`${clip.set}: ${index} of ${clips.length}`);
    const result = await hear(clip);
    if (options['misses'] === true && !result.isRight)
      console.error(
        `${clip.name} (${clip.label}):`,
        result.heard.map(({ text, outcome }) => `${outcome} "${text}"`),
      );
    return result;
  });
}

function addShare(
  { report }: Bench,
  results: readonly Result[],
  { identity, metric }: { identity: Record<string, string>; metric: string },
): void {
  const share = (isMeant: (result: Result) => boolean): number =>
    (100 * results.filter(isMeant).length) / Math.max(1, results.length);
  report.add({
    identity,
    n: results.length,
    values: [
      { metric, value: share(({ isRight }) => isRight), unit: '%' },
      { metric: 'ran another command', value: share(({ isWrong }) => isWrong === true), unit: '%' },
    ],
  });
}

/** Joins the speech of both recordings with a short pause. */
function joined(wake: Float32Array, command: Float32Array): Float32Array {
  const bounds = speechBounds(wake) ?? { startSample: 0, endSample: wake.length };
  const margin = msToSamples(100);
  const said = wake.subarray(Math.max(0, bounds.startSample - margin), bounds.endSample + margin);
  const sound = new Float32Array(said.length + msToSamples(gapMs) + command.length);
  const level = (samples: Float32Array): number => Math.max(...samples.map(Math.abs), 1e-6);
  const gain = level(command) / level(said);
  sound.set(
    said.map((sample) => gain * sample),
    0,
  );
  sound.set(command, said.length + msToSamples(gapMs));
  return sound;
}

function isSame(one: NonNullable<Heard['match']>, other: Heard['match']): boolean {
  return one.command === other?.command && JSON.stringify(one.args) === JSON.stringify(other.args);
}

function soundOf(snrDb: number | undefined): string {
  return snrDb === undefined ? 'quiet' : `kitchen ${snrDb} dB`;
}

function halfOf(isJudged: boolean): string {
  return isJudged ? 'judged' : 'looked at';
}
