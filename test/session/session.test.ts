import { expect, test, vi } from 'vitest';
import { HeedError } from '../../src/errors.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { Grammars } from '../../src/session/grammars.ts';
import { list, percent, text } from '../../src/grammar/index.ts';
import { defineCommand, Registry } from '../../src/registry/index.ts';
import { transcriptOf } from '../../src/transcribe/plain-transcript.ts';
import type { Transcript } from '../../src/types.ts';
import { SessionStage, settle, type StageOptions } from './stage.ts';

const ran: unknown[] = [];

const commands = {
  lamp: defineCommand({
    phrases: ['(turn|switch) {on} the lamp'],
    slots: { on: list(['on', 'off']) },
    run: ({ args }) => {
      ran.push(args.on);
    },
  }),
  level: defineCommand({
    phrases: ['set the {room} lights to {level} [percent]'],
    slots: { room: list(['kitchen', 'bedroom']), level: percent() },
    run: ({ args }) => {
      ran.push(args);
    },
  }),
  note: defineCommand({
    phrases: ['take a note {words}'],
    slots: { words: text({ maxWords: 100 }) },
    run: ({ args }) => {
      ran.push(args.words);
    },
  }),
  door: defineCommand({
    phrases: ['open the door'],
    risk: 'high',
    run: () => {
      ran.push('door');
    },
  }),
};

function stageOf(options: Partial<StageOptions> = {}): SessionStage {
  ran.length = 0;
  return new SessionStage({ commands, ...options });
}

test('a whole command that nothing can extend ends its segment as soon as it is read', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.pause(4);
  stage.reading.succeed({ text: 'Turn on the lamp.' });
  await settle();
  expect(ran).toEqual(['on']);
  expect(stage.of('speech.ended')).toMatchObject([{ reason: 'complete' }]);
  const [final] = stage.of('segment.final');
  expect(final).toMatchObject({ text: 'Turn on the lamp.', endpoint: 'a whole command that nothing can extend' });
  expect(final!.timing!['silence']).toBe(128);
});

test('the words of a quicker model suffice for a sure command of low risk that takes no words down', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.pause(4);
  const { suffices, segmentId } = stage.reading.options;
  const heard = (words: string, confidence = 0.9): Transcript =>
    transcriptOf({ segmentId, text: words, samples: 16_000, confidence });
  for (const sure of ['Turn on the lamp.', 'Set the kitchen lights to twenty'])
    expect(suffices!(heard(sure))).toBe(true);
  for (const doubted of [
    heard('Turn on the lamp.', 0.5),
    heard('Open the door.'),
    heard('Take a note buy milk'),
    heard('Set the kitchen lights'),
    heard('What a lovely day.'),
  ])
    expect(suffices!(doubted)).toBe(false);
  expect(stage.of('speech.ended')).toEqual([]);
});

test.each([
  ['unsure words', 256, { text: 'Turn on the lamp.', confidence: 0.5 }, 'a whole command, but the words are unsure'],
  ['high risk', 512, { text: 'Open the door.' }, 'a whole command, but its risk is high'],
  ['a value that may go on', 512, { text: 'Set the kitchen lights to twenty' }, 'a whole command that may go on'],
  ['no command', 512, { text: 'What a lovely day.' }, 'no command so far'],
])('%s wait for a silence of %d ms, and the early reading becomes the final', async (_, silence, heard, endpoint) => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.pause(4);
  await stage.hear(heard);
  expect(stage.of('speech.ended')).toEqual([]);
  await stage.endBySilence();
  await settle();
  expect(stage.of('segment.final')).toMatchObject([{ text: heard.text, endpoint, timing: { silence } }]);
  expect(stage.engine.all.filter(({ options }) => options.priority === 'final')).toEqual([]);
});

test('a whole command may be read while the voice fades; anything else is read again at the pause', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.pause(1);
  const atFade = stage.sample;
  stage.reading.succeed({ text: 'Turn on the lamp.' });
  await settle();
  await stage.pause(3);
  expect(ran).toEqual(['on']);
  expect(stage.of('speech.ended')).toMatchObject([{ reason: 'complete', end: atFade / 16_000 }]);
  await stage.endBySilence();
  await stage.speak(20);
  await stage.pause(2);
  const atPause = stage.sample;
  stage.reading.succeed({ text: 'What a lovely' });
  await settle();
  await stage.hear({ text: 'What a lovely day.' });
  await stage.endBySilence();
  await settle();
  expect(stage.of('segment.final').at(-1)).toMatchObject({ text: 'What a lovely day.', end: atPause / 16_000 });
});

test('a segment that takes long to read is read once, in the pause', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.pause(1);
  const nowMs = performance.now.bind(performance);
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs() + 400);
  stage.reading.succeed({ text: 'Turn on the lamp.' });
  await settle();
  clock.mockRestore();
  await stage.endBySilence();
  await settle();
  await stage.speak(20);
  const ahead = (): number[] =>
    stage.engine.asked
      .filter(({ options, isAborted }) => options.priority === 'early' && !isAborted)
      .map(({ endSample }) => endSample);
  await stage.pause(1);
  expect(ahead()).toEqual([]);
  await stage.pause(1);
  expect(ahead()).toEqual([stage.sample]);
});

test('the beginning of a command waits longer', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.pause(4);
  await stage.hear({ text: 'Set the kitchen' });
  await stage.pause(30);
  expect(stage.of('speech.ended')).toEqual([]);
  await stage.speak(20);
  await stage.pause(4);
  await stage.hear({ text: 'Set the kitchen lights to fifty percent' });
  await stage.endBySilence();
  await settle();
  expect(ran).toEqual([{ room: 'kitchen', level: 50 }]);
  expect(stage.of('segment.final').length).toBe(1);
});

test('speech that resumes aborts what is being read', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.pause(4);
  const stale = stage.reading;
  await stage.speak(1);
  expect(stale.isAborted).toBe(true);
  stale.succeed({ text: 'Turn on the lamp.' });
  await settle();
  expect(stage.of('speech.ended')).toEqual([]);
  expect(ran).toEqual([]);
});

test('a reading under way when the segment ends is made urgent and becomes the final', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.endBySilence();
  expect(stage.engine.promoted.length).toBe(1);
  stage.reading.succeed({ text: 'Turn off the lamp.' });
  await settle();
  expect(ran).toEqual(['off']);
  expect(stage.of('segment.final')).toMatchObject([{ endpoint: 'silence, before its words were read' }]);
});

test('a reading that gave way to others is made again, as a final', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.pause(4);
  while (stage.engine.asked.some(({ isAborted }) => !isAborted)) {
    stage.reading.fail(new HeedError('aborted', 'A more urgent reading needed the worker.'));
    await settle();
  }
  await stage.endBySilence();
  expect(stage.reading.options.priority).toBe('final');
  stage.reading.succeed({ text: 'Turn on the lamp.' });
  await settle();
  expect(ran).toEqual(['on']);
});

test('nothing is read early while others wait', async () => {
  const stage = stageOf();
  stage.engine.waiting = 1;
  await stage.speak(20);
  await stage.pause(4);
  expect(stage.engine.asked).toEqual([]);
});

test('finals come in the order of speaking, whichever is read first', async () => {
  const stage = stageOf();
  for (let i = 0; i < 2; i++) {
    await stage.speak(20);
    await stage.endBySilence();
  }
  const [first, second] = stage.engine.asked.filter(({ isAborted }) => !isAborted);
  second!.succeed({ text: 'Turn off the lamp.' });
  await settle();
  expect(stage.of('segment.final')).toEqual([]);
  first!.succeed({ text: 'Turn on the lamp.' });
  await settle();
  expect(stage.of('segment.final').map((final) => final.text)).toEqual(['Turn on the lamp.', 'Turn off the lamp.']);
  expect(ran).toEqual(['on', 'off']);
});

test.each(['busy', 'worker-lost', 'timeout', 'native-failed'] as const)(
  'a segment that fails with %s is an error event, and the next one is read',
  async (code) => {
    const stage = stageOf();
    await stage.speak(20);
    await stage.endBySilence();
    stage.reading.fail(new HeedError(code, 'No.'));
    await settle();
    expect(stage.of('error')).toMatchObject([{ code, segment_id: stage.of('speech.started')[0]!.segment_id }]);
    await stage.phrase('Turn on the lamp.');
    expect(ran).toEqual(['on']);
  },
);

test('a segment that is cut runs nothing by itself; with what follows it is one phrase', async () => {
  const stage = stageOf({ vad: { maxSegmentMs: 2_000 } });
  await stage.speak(66);
  stage.reading.succeed({ text: 'Take a note turn on' });
  await settle();
  expect(stage.of('segment.final')).toMatchObject([
    { text: 'Take a note turn on', speech_final: false, endpoint: 'as long as a segment may be' },
  ]);
  expect(stage.of('command.unmatched')).toEqual([]);
  await stage.pause(4);
  await stage.hear({ text: 'the lamp in the hall' });
  await stage.endBySilence();
  await settle();
  expect(stage.of('segment.final').map((final) => final.text)).toEqual(['Take a note turn on', 'the lamp in the hall']);
  expect(ran).toEqual(['turn on the lamp in the hall']);
});

test('the rest of a phrase whose first part could not be read runs nothing', async () => {
  const stage = stageOf({ vad: { maxSegmentMs: 2_000 } });
  await stage.speak(66);
  stage.reading.fail(new HeedError('busy', 'No.'));
  await settle();
  await stage.pause(4);
  stage.reading.succeed({ text: 'Turn on the lamp.' });
  await stage.endBySilence();
  await settle();
  expect(stage.of('segment.final')).toMatchObject([{ text: 'Turn on the lamp.', speech_final: true }]);
  expect(ran).toEqual([]);
  await stage.phrase('Turn off the lamp.');
  expect(ran).toEqual(['off']);
});

test('a flush ends the phrase where it is, and waits for its command', async () => {
  const stage = stageOf();
  await stage.speak(20);
  const flushed = stage.session.flush();
  await settle();
  stage.reading.succeed({ text: 'Turn on the lamp.' });
  await flushed;
  expect(ran).toEqual(['on']);
  expect(stage.of('segment.final')).toMatchObject([{ endpoint: 'the client ended it', timing: { silence: 0 } }]);
});

test('closing drops what is being said, releases all audio, and is done once', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.pause(4);
  const closes = [stage.session.close('ended'), stage.session.close()];
  await Promise.all(closes);
  expect(stage.engine.openAudios).toBe(0);
  expect(stage.engine.asked.every(({ isAborted }) => isAborted)).toBe(true);
  expect(stage.of('session.ended')).toMatchObject([{ reason: 'ended' }]);
  await expect(stage.session.push(new Float32Array(512))).rejects.toMatchObject({ code: 'closed' });
  await expect(stage.session.say('turn on the lamp')).rejects.toMatchObject({ code: 'closed' });
});

test('a phrase that ended before closing is still reported, but runs nothing', async () => {
  const stage = stageOf();
  await stage.speak(20);
  await stage.endBySilence();
  const closed = stage.session.close();
  await settle();
  stage.reading.succeed({ text: 'Turn on the lamp.' });
  await closed;
  expect(stage.types.slice(-4)).toEqual(['segment.final', 'command.matched', 'command.refused', 'session.ended']);
  expect(ran).toEqual([]);
});

test('the times of all stages are in the events of the segment and of its command', async () => {
  const stage = stageOf();
  await stage.phrase('Turn on the lamp.');
  const stages = ['inference', 'match', 'queue', 'reading', 'silence', 'waited'];
  expect(Object.keys(stage.of('segment.final')[0]!.timing!).sort()).toEqual(stages);
  expect(Object.keys(stage.of('command.completed')[0]!.timing!).sort()).toEqual([...stages, 'run'].sort());
});

test('only active commands are understood; when all are active again, all are understood', async () => {
  const stage = stageOf();
  stage.session.setActive(['level']);
  await stage.phrase('Turn on the lamp.');
  expect(ran).toEqual([]);
  await stage.session.say('turn on the lamp');
  expect(stage.of('command.unmatched').length).toBe(2);
  stage.session.setActive(undefined);
  await stage.phrase('Turn on the lamp.');
  expect(ran).toEqual(['on']);
});

test('an unknown command cannot be active, and changes nothing', async () => {
  const stage = stageOf();
  expect(() => stage.session.setActive(['lamp', 'radio', 'oven'])).toThrow('There is no command named "radio", "oven"');
  const many = Array.from({ length: 5_000 }, (_, index) => `${index}`.padEnd(200, 'x'));
  expect(() => stage.session.setActive(many)).toThrow(/^There is no command named .{190,250} and 4997 more\. /);
  const said = stage.session.say('open the door please');
  await settle();
  expect(stage.of('prompt')).toMatchObject([{ command: 'door', kind: 'confirm' }]);
  await stage.session.close();
  await said;
});

const modes = {
  lamp: commands.lamp,
  song: defineCommand({
    phrases: ['next [song]'],
    contexts: ['music'],
    run: () => {
      ran.push('song');
    },
  }),
  slide: defineCommand({
    phrases: ['next [slide]'],
    contexts: ['slides', 'film'],
    run: () => {
      ran.push('slide');
    },
  }),
  mode: defineCommand({
    phrases: ['(start|stop) {what}'],
    slots: { what: list(['music', 'slides']) },
    run: ({ args, phrase, contexts }) => contexts[phrase.startsWith('start') ? 'enter' : 'leave'](args.what),
  }),
};

test('a command with contexts is understood only while one of them is active', async () => {
  const stage = stageOf({ commands: modes });
  await stage.phrase('Next.');
  expect(ran).toEqual([]);
  stage.session.setContexts(['music']);
  await stage.phrase('Next.');
  stage.session.setContexts(['film']);
  await stage.phrase('Next.');
  await stage.phrase('Turn on the lamp.');
  expect(ran).toEqual(['song', 'slide', 'on']);
  stage.session.setContexts([]);
  await stage.phrase('Next slide.');
  expect(ran.length).toBe(3);
});

test('a handler enters a context from the next phrase on, and leaves one at once', async () => {
  const stage = stageOf({ commands: modes });
  await stage.session.say('start music and next song');
  expect(stage.types).toEqual(['command.unmatched']);
  await stage.session.say('start music');
  await stage.session.say('next');
  expect(ran).toEqual(['song']);
  await stage.session.say('next and stop music and next');
  expect(stage.of('command.refused')).toMatchObject([
    { command: 'song', reason: 'The command song cannot be given in the contexts that are active now.' },
  ]);
  await stage.session.say('next');
  expect(ran).toEqual(['song', 'song']);
});

test('a phrase of two commands runs neither while contexts of both are active', async () => {
  const stage = stageOf({ commands: modes });
  stage.session.setContexts(['music', 'slides']);
  await stage.session.say('next');
  expect(stage.of('command.unmatched').length).toBe(1);
  await stage.session.say('next slide');
  expect(ran).toEqual(['slide']);
});

test('a command must be both active and allowed by the contexts', async () => {
  const stage = stageOf({ commands: modes });
  stage.session.setContexts(['music', 'slides']);
  stage.session.setActive(['song', 'lamp']);
  await stage.session.say('next');
  stage.session.setContexts(['slides']);
  await stage.session.say('next');
  await stage.session.say('turn on the lamp');
  expect(ran).toEqual(['song', 'on']);
});

test('an unknown context cannot be active, and changes nothing', async () => {
  const stage = stageOf({ commands: modes });
  stage.session.setContexts(['music']);
  expect(() => stage.session.setContexts(['slides', 'musik', 'oven'])).toThrow(
    'No command names the context "musik", "oven"; they name "film", "music", "slides".',
  );
  await stage.session.say('next');
  expect(ran).toEqual(['song']);
});

test('a set of commands that was used before is not compiled again', () => {
  const registry = new Registry({ language: 'en' });
  for (const [name, definition] of Object.entries(modes)) registry.add(name, definition);
  const grammars = new Grammars(registry, defaultConfig.match);
  const sets = [[], ['music'], ['music', 'slides']];
  const first = sets.map((contexts) => grammars.get('en', undefined, contexts));
  expect(new Set([...first, grammars.get('en')]).size).toBe(4);
  expect(sets.map((contexts) => grammars.get('en', undefined, contexts))).toEqual(
    first.map((grammar) => expect.toSatisfy((again) => again === grammar)),
  );
});

test('with the language auto, an unexpected one is read again in its grammar, and expected afterwards', async () => {
  const licht = defineCommand({
    phrases: { en: ['light on'], de: ['Licht an'] },
    run: () => {
      ran.push('licht');
    },
  });
  const stage = stageOf({ commands: { licht }, language: 'auto' });
  await stage.speak(20);
  await stage.pause(4);
  expect(stage.reading.options).toMatchObject({
    language: 'auto',
    grammar: { words: expect.arrayContaining(['light']) },
  });
  stage.reading.succeed({ text: 'Licht an', language: 'de' });
  await settle();
  expect(stage.reading.options).toMatchObject({
    language: 'de',
    grammar: { words: expect.arrayContaining(['licht']) },
  });
  stage.reading.succeed({ text: 'Licht an', language: 'de' });
  await settle();
  expect(ran).toEqual(['licht']);
  await stage.speak(20);
  await stage.pause(4);
  expect(stage.reading.options).toMatchObject({
    language: 'auto',
    grammar: { words: expect.arrayContaining(['licht']) },
  });
  await stage.session.close();
});

test.each([
  ['free text and names', { commands }, expect.arrayContaining(['kitchen', 'bedroom'])],
  [
    'a vocabulary',
    { commands: { lamp: commands.lamp }, match: { vocabulary: ['Aoife', 'Siobhan Byrne'] } },
    ['Aoife', 'Siobhan', 'Byrne'],
  ],
  ['neither', { commands: { lamp: commands.lamp, level: commands.level } }, undefined],
])('with %s, the free reading is biased towards the words that need it', async (_, options, boost) => {
  const stage = stageOf(options);
  await stage.speak(20);
  await stage.pause(4);
  expect(stage.reading.options.boost).toEqual(boost);
  await stage.session.close();
});

test('partials contain only words, and no descriptions of other sounds', async () => {
  const stage = new SessionStage({
    commands: { music: defineCommand({ phrases: ['stop the music'], run: () => undefined }) },
  });
  for (const text of ['[BLANK_AUDIO]', '(door closes) Stop', '*sighs* Stop the ♪']) {
    await stage.speak(40);
    expect(stage.reading.options.priority).toBe('partial');
    stage.reading.succeed({ text });
    await settle();
  }
  expect(stage.of('segment.partial').map(({ text }) => text)).toEqual(['Stop', 'Stop the']);
});
