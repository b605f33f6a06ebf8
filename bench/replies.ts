// Replies: how often an answer to a question, or a phrase that goes back to the last command, is understood, in quiet
// and in noise; how often anything else is taken for one; and whether commands are still understood meanwhile. Each
// recording is heard with readings that are held to the commands alone, and with readings held to the replies as well.
// --misses tells what went wrong, --part takes some of the parts, and --moment some of the moments.
import { sampleRateHz } from '../src/types.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { withKitchenNoise } from './lib/kitchen-noise.ts';
import { loadClip, spread } from './lib/manifest.ts';
import { createRandom } from './lib/random.ts';
import { mapSideBySide, Recogniser } from './lib/recogniser.ts';
import { isRight as isRightCommand } from './commands/home/_expected.ts';
import { hearAt, isRight, type Heard, type Sound } from './replies/hear.ts';
import { moments, type Moment } from './replies/moments.ts';
import { loadSpoken, speakAll } from './resemble/speech-cache.ts';
import { availableVoices } from './resemble/voices.ts';

const noiseDb = 10;
const ways = ['commands alone', 'replies too'] as const;
type Way = (typeof ways)[number];

/** Short words and phrases that sound like a yes, a no, or nothing of the kind. */
const otherWords = [
  ...['less', 'Jess', 'yet', 'guess', 'mess', 'chess', 'know', 'snow', 'though', 'go', 'nose', 'note', 'now', 'shore'],
  ...['knob', 'hope', 'dude', 'gas', 'thanks', 'hello', 'what', 'where is it', 'I do not know', 'maybe later', 'hm'],
  ...['chicken', 'bedrock', 'the garden', 'the bends', 'the binge', 'fifty cents', 'again and again he came', 'offer'],
  ...['what time is it', 'see you tomorrow', 'the brightest', 'and the bathtub', 'another one', 'it is open'],
];

await runBench(
  'replies',
  async (bench) => {
    const { options } = bench;
    const model = typeof options['model'] === 'string' ? options['model'] : undefined;
    const recogniser = await Recogniser.open({ commands: 'home', ...(model === undefined ? {} : { model }) });
    const list = (name: string): string[] | undefined =>
      typeof options[name] === 'string' ? options[name].split(',') : undefined;
    const chosen = moments.filter(({ name }) => list('moment')?.includes(name) ?? true);
    const wants = (part: string): boolean => list('part')?.includes(part) ?? true;
    try {
      if (wants('replies')) await replies(bench, recogniser, chosen);
      if (wants('others')) await others(bench, recogniser, chosen);
      if (wants('commands')) await commands(bench, recogniser, chosen);
    } finally {
      await recogniser.close();
    }
  },
  {
    model: { type: 'string' },
    part: { type: 'string' },
    moment: { type: 'string' },
    misses: { type: 'boolean' },
  },
);

async function replies(bench: Bench, recogniser: Recogniser, chosen: readonly Moment[]): Promise<void> {
  const voices = await availableVoices('en', bench.progress);
  const texts = chosen.flatMap((moment) => Object.keys(moment.replies));
  for (const voice of voices) await speakAll(voice, texts, () => undefined);
  for (const moment of chosen) {
    const trials = voices.flatMap((voice) =>
      Object.entries(moment.replies).map(([text, wanted]) => ({ voice, text, wanted })),
    );
    for (const snrDb of [undefined, noiseDb]) {
      const found = await mapSideBySide(spread(trials, bench.limit ?? Infinity), async ({ voice, text, wanted }) => {
        const seed = `${voice.id} ${text}`;
        const sound = { samples: await withKitchenNoise(bench, await loadSpoken(voice, text), { snrDb, seed }) };
        return bothWays(recogniser, moment, sound, (heard, way) => {
          const right = isRight(heard, wanted);
          if (bench.options['misses'] === true && !right)
            tell(`${moment.name} (${way}) ${seed} ${snrDb ?? 'quiet'}`, heard);
          return { right, wrong: !right && (heard.value !== undefined || heard.command !== undefined) };
        });
      });
      for (const way of ways) {
        const n = found.length;
        const share = (name: 'right' | 'wrong'): number => (100 * found.filter((one) => one[way][name]).length) / n;
        bench.report.add({
          identity: {
            part: 'replies',
            moment: moment.name,
            sound: snrDb === undefined ? 'quiet' : `kitchen ${snrDb} dB`,
            held: way,
          },
          n,
          values: [
            { metric: 'right', value: share('right'), unit: '%' },
            { metric: 'wrong', value: share('wrong'), unit: '%' },
          ],
        });
      }
    }
  }
}

async function others(bench: Bench, recogniser: Recogniser, chosen: readonly Moment[]): Promise<void> {
  for (const [kind, sounds] of Object.entries(await otherSounds(bench))) {
    const trials = await Promise.all(
      sounds.map(async ({ name, load }) => ({ name, sound: { samples: await load() } })),
    );
    for (const moment of chosen) {
      const found = await mapSideBySide(trials, ({ name, sound }) =>
        bothWays(recogniser, moment, sound, (heard, way) => {
          const isTaken = heard.value !== undefined || heard.isCancelled;
          const isYes = heard.value !== undefined && heard.value !== false;
          if (bench.options['misses'] === true && isTaken) tell(`${moment.name} (${way}) ${name}`, heard);
          return { isTaken, isYes, isCommand: heard.command !== undefined };
        }),
      );
      for (const way of ways)
        bench.report.add({
          identity: { part: 'others', moment: moment.name, kind, held: way },
          n: found.length,
          values: [
            { metric: 'taken for a reply', value: found.filter((one) => one[way].isTaken).length, unit: '' },
            { metric: 'for more than a no', value: found.filter((one) => one[way].isYes).length, unit: '' },
            { metric: 'ran a command', value: found.filter((one) => one[way].isCommand).length, unit: '' },
          ],
        });
    }
  }
}

async function commands(bench: Bench, recogniser: Recogniser, chosen: readonly Moment[]): Promise<void> {
  const trials = await Promise.all(
    bench.clips('speech-to-phrase-tts').map(async (clip) => ({
      label: clip.label,
      sound: {
        samples: await withKitchenNoise(bench, await loadClip(clip), { snrDb: noiseDb, seed: clip.name }),
      },
    })),
  );
  for (const moment of chosen) {
    const found = await mapSideBySide(trials, ({ label, sound }) =>
      bothWays(recogniser, moment, sound, (heard, way) => {
        const right = isRightCommand(label, heard.command);
        if (bench.options['misses'] === true && !right) tell(`${moment.name} (${way}) ${label}`, heard);
        return right;
      }),
    );
    for (const way of ways)
      bench.report.add({
        identity: { part: 'commands', moment: moment.name, sound: `kitchen ${noiseDb} dB`, held: way },
        n: found.length,
        values: [{ metric: 'right', value: (100 * found.filter((one) => one[way]).length) / found.length, unit: '%' }],
      });
  }
}

async function bothWays<T>(
  recogniser: Recogniser,
  moment: Moment,
  sound: Sound,
  judge: (heard: Heard, way: Way) => T,
): Promise<Record<Way, T>> {
  const results = {} as Record<Way, T>;
  for (const way of ways) results[way] = judge(await hearAt(recogniser, moment, sound, way === 'replies too'), way);
  return results;
}

interface OtherSound {
  name: string;
  load: () => Promise<Float32Array>;
}

/** Sounds that are no reply: other words, words of real people, beginnings of read sentences, noise. */
async function otherSounds(bench: Bench): Promise<Record<string, OtherSound[]>> {
  const { limit = 60 } = bench;
  const voices = (await availableVoices('en', bench.progress)).slice(0, 4);
  for (const voice of voices) await speakAll(voice, otherWords, () => undefined);
  const clipsOf = (set: string): OtherSound[] =>
    spread(bench.clips(set), limit).map((clip) => ({ name: clip.name, load: () => loadClip(clip) }));
  const cut = (sounds: OtherSound[], seconds: number): OtherSound[] =>
    sounds.map(({ name, load }) => ({
      name,
      load: async () => (await load()).subarray(0, seconds * sampleRateHz),
    }));
  const pieces = (set: string): OtherSound[] =>
    Array.from({ length: limit / 2 }, (_, index) => ({
      name: `${set} ${index}`,
      load: async () => {
        const random = createRandom(`${set} ${index} piece`);
        const clips = bench.clips(set);
        const all = await loadClip(clips[index % clips.length]!);
        const length = Math.min(all.length, Math.round((0.7 + 2.3 * random()) * sampleRateHz));
        const start = Math.floor(random() * (all.length - length));
        return all.subarray(start, start + length);
      },
    }));
  return {
    'other words': spread(
      voices.flatMap((voice) =>
        otherWords.map((text) => ({ name: `${voice.id} "${text}"`, load: () => loadSpoken(voice, text) })),
      ),
      2.5 * limit,
    ),
    'wake words': clipsOf('wakeword'),
    'read sentences': cut([...clipsOf('librispeech-test-other'), ...clipsOf('librispeech-train100-1utt')], 3),
    noise: [...pieces('noise'), ...pieces('noise-kitchen')],
  };
}

function tell(what: string, { text, held, value, isCancelled, command }: Heard): void {
  console.error(what, JSON.stringify({ text, held, value, isCancelled, command: command?.phrase }));
}
