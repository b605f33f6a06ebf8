import { expect, test, vi } from 'vitest';
import { list } from '../../src/grammar/index.ts';
import { defineCommand } from '../../src/registry/index.ts';
import { SpeechFrames } from '../../src/session/segment-speech.ts';
import type { Heard, SpeakerStream, Turn, VoiceListener } from '../../src/speakers/index.ts';
import type { HeardVoice } from '../../src/types.ts';
import { heard, type Who } from '../dispatch/voices.ts';
import { SessionStage, settle, type StageOptions } from './stage.ts';

const ran: unknown[] = [];

const commands = {
  door: defineCommand({
    phrases: ['open the {which} door'],
    slots: { which: list(['front', 'back']) },
    speakers: ['anna'],
    run: ({ args, speaker }) => void ran.push([args.which, speaker?.name]),
  }),
  lamp: defineCommand({ phrases: ['turn on the lamp'], run: ({ speaker }) => void ran.push(['lamp', speaker?.name]) }),
};

/** People who are known, and a voice that is told by the test, when it says so. */
class ToldVoices {
  names = ['anna', 'ben'];
  who: Who = 'anna';
  /** How much speech each voice was told by, samples. */
  readonly judged: number[] = [];
  /** How much of it was heard before. */
  readonly heard: number[] = [];
  open = 0;
  #release = (): void => undefined;
  #held: Promise<void> | undefined;

  judge(speech: Float32Array): Promise<HeardVoice> {
    this.judged.push(speech.length);
    const voice = heard[this.who];
    return (this.#held ?? Promise.resolve()).then(() => voice);
  }

  listen(): VoiceListener {
    let samples = 0;
    this.open++;
    return {
      hear: ({ length }) => void (samples += length),
      judge: (rest) => {
        this.heard.push(samples);
        return this.judge(new Float32Array(samples + rest.length));
      },
      close: () => void this.open--,
    };
  }

  /** Holds what is judged from now on; returns what lets it go. */
  hold(): () => void {
    this.#held = new Promise((resolve) => (this.#release = resolve));
    return () => this.#release();
  }
}

function stageOf(options: Partial<StageOptions> = {}): { stage: SessionStage; voices: ToldVoices } {
  ran.length = 0;
  const voices = new ToldVoices();
  return { stage: new SessionStage({ commands, knownVoices: voices, ...options }), voices };
}

test.each([
  ['anna', [['front', 'anna']], undefined],
  ['ben', [], 'wrong-speaker'],
  ['stranger', [], 'unknown-speaker'],
  ['short', [], 'speech-too-short'],
] as const)('a command for some voices that %s gives', async (who, expected, code) => {
  const { stage, voices } = stageOf();
  voices.who = who;
  await stage.phrase('Open the front door.');
  expect(ran).toEqual(expected);
  expect(stage.of('command.refused').map((event) => event.code)).toEqual(code ? [code] : []);
  await stage.session.close();
});

test('the voice is listened to while somebody speaks, and looked at once, after the words', async () => {
  const { stage, voices } = stageOf();
  await stage.speak(20);
  await stage.pause(4);
  expect(voices.judged).toEqual([]);
  await stage.hear({ text: 'Open the front door.' });
  await stage.endBySilence();
  await settle();
  expect(voices.judged).toHaveLength(1);
  // The pre-roll and the silence at the end are no speech.
  expect(voices.judged[0]).toBeLessThanOrEqual(24 * 512);
  expect(voices.judged[0]).toBeGreaterThanOrEqual(20 * 512);
  expect(voices.heard[0]).toBeGreaterThan(12 * 512);
  expect(voices.open).toBe(0);
  await stage.session.close();
});

test('all speech of a segment counts, once, however often somebody pauses in it', async () => {
  const { stage, voices } = stageOf();
  for (const frames of [9, 20, 7]) {
    await stage.speak(frames);
    await stage.pause(5);
  }
  await stage.hear({ text: 'Open the front door.' });
  await stage.endBySilence();
  await settle();
  // Each run of speech has two frames before and after it.
  expect(voices.judged).toHaveLength(1);
  expect(voices.judged[0]! / 512).toBeGreaterThanOrEqual(9 + 20 + 7 + 4 * 2 + 1);
  expect(voices.judged[0]! / 512).toBeLessThanOrEqual(9 + 20 + 7 + 6 * 2);
  await stage.session.close();
});

test('a command for all voices does not wait for whose it is, and one for some does', async () => {
  const { stage, voices } = stageOf();
  const release = voices.hold();
  await stage.phrase('Turn on the lamp.');
  expect(ran).toEqual([['lamp', undefined]]);
  await stage.phrase('Open the back door.');
  expect(ran).toHaveLength(1);
  release();
  await vi.waitFor(() => expect(ran).toHaveLength(2));
  await stage.session.close();
});

test('where no command is for some voices, none is looked at', async () => {
  const { stage, voices } = stageOf({ commands: { lamp: commands.lamp } });
  await stage.phrase('Turn on the lamp.');
  expect(voices.judged).toEqual([]);
  expect(ran).toEqual([['lamp', undefined]]);
  await stage.session.close();
});

test('what is typed has no voice', async () => {
  const { stage } = stageOf();
  await stage.session.say('open the front door');
  expect(stage.of('command.refused')).toMatchObject([{ code: 'no-voice' }]);
  expect(ran).toEqual([]);
});

test('a slot that another voice fills in is refused with its command', async () => {
  for (const [who, expected, codes] of [
    ['ben', [], ['wrong-speaker']],
    ['anna', [['front', 'anna']], []],
  ] as const) {
    const { stage, voices } = stageOf();
    await stage.phrase('Open the');
    expect(stage.of('prompt')).toHaveLength(1);
    voices.who = who;
    await stage.phrase('Front.');
    await settle();
    expect(stage.of('command.refused').map(({ code }) => code)).toEqual(codes);
    expect(ran).toEqual(expected);
    await stage.session.close();
  }
});

test('where voices are told apart, a speaker gets the name of a known voice until that is forgotten', async () => {
  const turns: Turn[] = [{ speaker: 0, start: 0, end: 100 }];
  const { stage, voices } = stageOf({ commands: { lamp: commands.lamp }, voices: { openStream: () => told(turns) } });
  await stage.phrase('Turn on the lamp.');
  voices.who = 'short';
  await stage.phrase('Turn on the lamp.');
  voices.names = ['ben'];
  await stage.phrase('Turn on the lamp.');
  expect(stage.of('segment.final').map(({ speaker }) => speaker)).toEqual([
    { id: 'speaker1', name: 'anna', score: 0.97 },
    { id: 'speaker1', name: 'anna', score: 0.97 },
    { id: 'speaker1', score: 0.9 },
  ]);
  expect(ran).toEqual([
    ['lamp', 'anna'],
    ['lamp', 'anna'],
    ['lamp', undefined],
  ]);
  await stage.session.close();
});

test('`speakers` has the names of known voices until they are forgotten', async () => {
  let hear: (heard: Heard) => void = () => undefined;
  const openStream = (onHeard: (heard: Heard) => void): SpeakerStream => {
    hear = onHeard;
    return told([{ speaker: 0, start: 0, end: 100 }]);
  };
  const { stage, voices } = stageOf({ commands: { lamp: commands.lamp }, voices: { openStream } });
  hear({ end: 1, speakers: [0] });
  await stage.phrase('Turn on the lamp.');
  await stage.phrase('Turn on the lamp.');
  hear({ end: 2, speakers: [0, 1] });
  voices.names = ['ben'];
  hear({ end: 90, speakers: [1] });
  const events = stage.of('speakers').map(({ present, joined, left, names }) => ({ present, joined, left, names }));
  const [one, two] = ['speaker1', 'speaker2'];
  expect(events).toEqual([
    { present: [one], joined: [one], left: [], names: undefined },
    { present: [one], joined: [], left: [], names: { speaker1: 'anna' } },
    { present: [one, two], joined: [two], left: [], names: { speaker1: 'anna' } },
    { present: [two], joined: [], left: [one], names: undefined },
  ]);
  await stage.session.close();
});

test('nothing is kept of how surely frames are speech where nobody needs to know whose voice it is', async () => {
  const kept = vi.spyOn(SpeechFrames.prototype, 'push');
  const { stage } = stageOf({ commands: { lamp: commands.lamp } });
  await stage.phrase('Turn on the lamp.');
  expect(kept).not.toHaveBeenCalled();
  const other = stageOf().stage;
  await other.phrase('Turn on the lamp.');
  expect(kept).toHaveBeenCalled();
  await stage.session.close();
  await other.session.close();
});

function told(turns: Turn[]): SpeakerStream {
  return {
    push: () => undefined,
    ready: () => Promise.resolve(),
    who: () => Promise.resolve({ turns, similarities: [0.9] }),
    close: () => undefined,
  };
}
