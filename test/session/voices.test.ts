import { expect, test, vi } from 'vitest';
import { hashPin } from '../../src/config/index.ts';
import { list } from '../../src/grammar/index.ts';
import { defineCommand } from '../../src/registry/index.ts';
import type { EventBody } from '../../src/events/event.ts';
import { SessionVoices } from '../../src/session/session-voices.ts';
import type { Heard, SpeakerStream, Turn, Who } from '../../src/speakers/index.ts';
import { SessionStage, settle, type StageOptions } from './stage.ts';

const ran: string[] = [];

const commands = {
  lamp: defineCommand({
    phrases: ['turn {on} the lamp'],
    slots: { on: list(['on', 'off']) },
    run: ({ args }) => void ran.push(args.on),
  }),
  wipe: defineCommand({ phrases: ['wipe the disk'], risk: 'high', run: () => void ran.push('wipe') }),
};

/** Voices that are where a test says. */
class ToldVoices {
  turns: Turn[] = [];
  failure: Error | undefined;
  /** In how many of the pushed frames there may be speech, and in how many not. */
  readonly frames = { speech: 0, silence: 0 };
  hear: (heard: Heard) => void = () => undefined;

  openStream(onHeard: (heard: Heard) => void): SpeakerStream {
    this.hear = onHeard;
    return {
      push: (_samples, state) => void this.frames[state?.hasSpeech === false ? 'silence' : 'speech']++,
      ready: () => Promise.resolve(),
      who: () =>
        this.failure ? Promise.reject(this.failure) : Promise.resolve({ turns: this.turns, similarities: [0.9, 0.8] }),
      close: () => undefined,
    };
  }
}

/** The first speaks until a moment, and then the second; seconds. */
function change(seconds: number): Turn[] {
  return [
    { speaker: 0, start: 0, end: seconds },
    { speaker: 1, start: seconds, end: 100 },
  ];
}

function stageOf(options: Partial<StageOptions> = {}): { stage: SessionStage; voices: ToldVoices } {
  ran.length = 0;
  const voices = new ToldVoices();
  return { stage: new SessionStage({ commands, voices, ...options }), voices };
}

test('the models need not look where nobody speaks', async () => {
  const { stage, voices } = stageOf();
  await stage.pause(10);
  expect(voices.frames).toEqual({ speech: 0, silence: 10 });
  await stage.speak(5);
  expect(voices.frames).toEqual({ speech: 5, silence: 10 });
  await stage.session.close();
});

test('an utterance of two people is two segments, each read for itself and only once', async () => {
  const { stage, voices } = stageOf();
  voices.turns = change(1);
  await stage.speak(60);
  await stage.endBySilence();
  await stage.hear({ text: 'Turn off the lamp.' });
  const finals = stage.of('segment.final');
  const [first, second] = finals;
  expect(finals.map(({ speaker }) => speaker)).toEqual([
    { id: 'speaker1', score: 0.9 },
    { id: 'speaker2', score: 0.8 },
  ]);
  expect(second!.segment_id).toBe(`${first!.segment_id}.2`);
  expect([first!.end, second!.start]).toEqual([1, 1]);
  expect(ran).toEqual(['off', 'off']);
  const ofSecond = stage.engine.all.filter(({ options }) => options.segmentId === second!.segment_id);
  expect(ofSecond.map(({ options }) => options.priority)).toEqual(['final']);
  await stage.session.close();
  expect(stage.engine.openAudios).toBe(0);
});

test.each([
  ['one', 0, ['on']],
  ['two', 1, []],
] as [string, number, string[]][])(
  'words of %s before and after a cut at the maximum length',
  async (_, second, expected) => {
    const { stage, voices } = stageOf({ vad: { maxSegmentMs: 4_000 } });
    voices.turns = [{ speaker: 0, start: 0, end: 100 }];
    await stage.speak(130);
    await stage.hear({ text: 'Turn on' });
    voices.turns = [{ speaker: second, start: 0, end: 100 }];
    await stage.speak(20);
    await stage.endBySilence();
    await stage.hear({ text: 'the lamp.' });
    const finals = stage.of('segment.final');
    expect(finals.map(({ text, speech_final }) => [text, speech_final])).toEqual([
      ['Turn on', false],
      ['the lamp.', true],
    ]);
    expect(ran).toEqual(expected);
    await stage.session.close();
  },
);

test('a PIN is not cut, so that none of its words is told', async () => {
  const { stage, voices } = stageOf({ dispatch: { pin: await hashPin('4711') } });
  await stage.phrase('Wipe the disk.');
  const before = stage.events.length;
  voices.turns = change(stage.sample / 16_000 + 0.5);
  await stage.speak(32);
  await stage.endBySilence();
  await stage.hear({ text: 'Four seven one one.' });
  await vi.waitUntil(() => ran.length > 0, { timeout: 10_000 });
  const events = stage.events.slice(before);
  expect(events.filter(({ type }) => type === 'segment.final')).toHaveLength(1);
  expect(JSON.stringify(events)).not.toMatch(/four|seven|4711/i);
  await stage.session.close();
});

test('a speaker is corrected only after the segment was published', async () => {
  const { stage, voices } = stageOf();
  voices.turns = [{ speaker: 0, start: 0, end: 100 }];
  await stage.speak(20);
  await stage.endBySilence();
  await stage.speak(20);
  await stage.endBySilence();
  const [first, second] = stage.of('speech.started').map(({ segment_id }) => segment_id);
  const read = async (segmentId: string | undefined, text: string): Promise<void> => {
    for (const asked of [...stage.engine.asked]) if (asked.options.segmentId === segmentId) asked.succeed({ text });
    await settle();
  };
  await read(second, 'Turn on the lamp.');
  voices.turns = [{ speaker: 1, start: 0, end: 100 }];
  voices.hear({ end: 50, speakers: [] });
  await settle();
  expect(stage.types).not.toContain('speaker.changed');
  await read(first, 'Turn off the lamp.');
  voices.hear({ end: 50.5, speakers: [] });
  await settle();
  const finals = stage.of('segment.final').map(({ segment_id }) => segment_id);
  expect(finals).toHaveLength(2);
  expect(stage.of('speaker.changed')).toMatchObject(
    finals.map((segment_id) => ({ segment_id, was: 'speaker1', speaker: { id: 'speaker2' } })),
  );
  await stage.session.close();
});

test('voices that cannot be told apart are one error, and commands are heard as without', async () => {
  const { stage, voices } = stageOf();
  voices.failure = new Error('broken');
  await stage.phrase('Turn on the lamp.');
  await stage.phrase('Turn off the lamp.');
  expect(ran).toEqual(['on', 'off']);
  expect(stage.of('error')).toHaveLength(1);
  expect(stage.of('segment.final').map(({ speaker }) => speaker)).toEqual([undefined, undefined]);
  await stage.session.close();
});

test('who is told too late is told by a correction', async () => {
  const told: EventBody[] = [];
  let answer: (who: Who) => void = () => undefined;
  let hear: (heard: Heard) => void = () => undefined;
  const voices = new SessionVoices({
    knownNames: () => [],
    open: (onHeard) => {
      hear = onHeard;
      return {
        push: () => undefined,
        ready: () => Promise.resolve(),
        who: () => new Promise((resolve) => (answer = resolve)),
        close: () => undefined,
      };
    },
    publish: (event) => told.push(event),
    deadlineMs: 1,
  });
  const part = { id: 'a1', startSample: 0, endSample: 16_000 };
  expect(await voices.who(part)).toBeUndefined();
  voices.published(part, undefined);
  hear({ end: 4, speakers: [] });
  answer({ turns: [{ speaker: 0, start: 0, end: 1 }], similarities: [0.7] });
  await settle();
  expect(told).toEqual([{ type: 'speaker.changed', segment_id: 'a1', speaker: { id: 'speaker1', score: 0.7 } }]);
});

test('who is told in time needs no correction', async () => {
  const { stage, voices } = stageOf();
  voices.turns = [{ speaker: 0, start: 0, end: 100 }];
  await stage.phrase('Turn on the lamp.');
  voices.hear({ end: 50, speakers: [] });
  await settle();
  expect(stage.types).not.toContain('speaker.changed');
  await stage.session.close();
});
