import { beforeEach, describe, expect, it } from 'vitest';
import { list, percent } from '../../src/grammar/index.ts';
import { defineCommand, type CommandContext } from '../../src/registry/index.ts';
import type { Alternative, DecoderGraph } from '../../src/types.ts';
import { acceptsWords } from '../grammar/reference-walker.ts';
import { SessionStage, settle, type StageOptions } from './stage.ts';

const ran: unknown[] = [];
const room = list(['kitchen', 'bedroom']);
let ask: (context: CommandContext) => Promise<unknown> = async () => undefined;

const commands = {
  light: defineCommand({
    phrases: ['set the light in the {room} to {level}'],
    slots: { room, level: percent() },
    followUps: [{ phrases: ['brighter'], add: { level: 20 } }],
    run: ({ args }) => {
      ran.push(args);
      return { undo: () => ran.push('undo') };
    },
  }),
  asker: defineCommand({
    phrases: ['ask me'],
    run: async (context) => {
      ran.push(await ask(context));
    },
  }),
  door: defineCommand({
    phrases: ['open the door'],
    risk: 'high',
    confirmBySpeech: true,
    run: () => {
      ran.push('door');
    },
  }),
  gate: defineCommand({
    phrases: ['open the gate'],
    risk: 'medium',
    run: () => {
      ran.push('gate');
    },
  }),
};

beforeEach(() => {
  ran.length = 0;
});

const stageOf = (options: Partial<StageOptions> = {}): SessionStage => new SessionStage({ commands, ...options });

/** A constrained reading that hardly differs in sound from the free one. */
function held(text: string): Alternative {
  const words = [...text.split(' '), ''];
  return {
    text,
    logProbability: -0.5 * words.length,
    tokens: words.length,
    endMs: 0,
    scores: words.map((word) => ({ word, logProbability: -0.5, lead: word === '' ? 0 : 0.3 })),
  };
}

const near = (text: string): { constrained: Alternative[] } => ({ constrained: [held(text)] });

/** Says something, and returns what its reading was held to. */
async function graphOf(stage: SessionStage, text = 'hm'): Promise<DecoderGraph | undefined> {
  await stage.phrase(text);
  return stage.engine.all.findLast(({ options }) => options.priority !== 'partial')?.options.grammar;
}

const accepts = (graph: DecoderGraph | undefined, text: string): boolean =>
  graph !== undefined && acceptsWords(graph, text.split(' '));

async function askedStage(
  question: (context: CommandContext) => Promise<unknown>,
  options?: Partial<StageOptions>,
): Promise<SessionStage> {
  ask = question;
  const stage = stageOf(options);
  void stage.session.say('ask me');
  await settle();
  return stage;
}

describe('While a question is open, a reading is held', () => {
  it('to the answers alone if nothing else counts', async () => {
    const graph = await graphOf(await askedStage(({ ask }) => ask('Which room?', { slot: room })));
    expect(['the bedroom', 'kitchen please', 'cancel', 'never mind'].map((text) => accepts(graph, text))).toEqual(
      Array(4).fill(true),
    );
    expect(['open the door', 'yes', 'brighter'].map((text) => accepts(graph, text))).toEqual(Array(3).fill(false));
  });

  it('to nothing if any words are an answer', async () => {
    expect(await graphOf(await askedStage(({ ask }) => ask('What shall I note?')))).toBeUndefined();
  });

  it('to the answers and the commands if it asks for a yes', async () => {
    const graph = await graphOf(await askedStage(({ confirm }) => confirm('Really?')));
    expect(['yes', 'yeah please', 'nope', 'cancel', 'open the gate'].map((text) => accepts(graph, text))).toEqual(
      Array(5).fill(true),
    );
  });

  it('to the values of a slot that was left out, and the commands', async () => {
    const stage = stageOf();
    void stage.session.say('set the light in the kitchen to');
    await settle();
    const graph = await graphOf(stage, '');
    expect(['fifty percent', 'to 50%', 'open the gate'].map((text) => accepts(graph, text))).toEqual([
      true,
      true,
      true,
    ]);
    expect(accepts(graph, 'bedroom')).toBe(false);
  });

  it('to answers without a wake phrase, and commands with one', async () => {
    const stage = await askedStage(({ confirm }) => confirm('Really?'), { wake: { phrases: ['computer'] } });
    const graph = await graphOf(stage);
    expect(['yes', 'computer open the gate', 'open the gate'].map((text) => accepts(graph, text))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('An answer that was misread', () => {
  it('counts by the reading that was held to the answers', async () => {
    const stage = await askedStage(({ ask }) => ask('Which room?', { slot: room }));
    await stage.phrase('The bad room.', near('the bedroom'));
    expect(ran).toEqual(['bedroom']);
  });

  it('counts before another value that the free reading has', async () => {
    const stage = await askedStage(({ ask }) => ask('How bright?', { slot: percent() }));
    await stage.phrase('50.', { ...near('fifteen'), logProbability: -12 });
    expect(ran).toEqual([15]);
  });

  it('is a no, but no yes, unless the free reading says otherwise', async () => {
    const stage = await askedStage(({ confirm }) => confirm('Really?'));
    await stage.phrase('Yez.', near('yes'));
    expect(ran).toEqual([]);
    expect(stage.of('prompt').at(-1)?.text).toContain('Please say “yes” clearly');
    await stage.phrase('Noh.', near('no'));
    expect(ran).toEqual([false]);
    const other = await askedStage(({ confirm }) => confirm('Really?'));
    await other.phrase('Yes.', near('no'));
    expect(ran).toEqual([false, true]);
  });

  it.each(['open the door', 'open the gate'])('is no yes to "%s"', async (phrase) => {
    const stage = stageOf({ dispatch: { confirmBelow: 1.1 } });
    void stage.session.say(phrase);
    await settle();
    await stage.phrase('Yez.', near('yes'));
    expect(ran).toEqual([]);
    expect(stage.of('prompt').at(-1)?.text).toContain('Please say “yes” clearly');
    await stage.phrase('Yes.');
    expect(ran).toEqual([phrase.replace('open the ', '')]);
  });

  it('does not keep a command from ending the question', async () => {
    const stage = await askedStage(({ confirm }) => confirm('Really?'));
    await stage.phrase('Said the light in the kitchen to fifty.', {
      constrained: [held('set the light in the kitchen to fifty')],
      audioMs: 3_000,
    });
    expect(ran).toEqual([false, { room: 'kitchen', level: 50 }]);
  });

  it('needs no wake phrase, as any answer', async () => {
    const stage = await askedStage(({ ask }) => ask('Which room?', { slot: room }), {
      wake: { phrases: ['computer'] },
    });
    await stage.phrase('The bad room.', near('the bedroom'));
    expect(ran).toEqual(['bedroom']);
    expect(stage.of('segment.final').at(-1)?.addressed).toBeUndefined();
  });
});

describe('After a command, a phrase that goes back to it', () => {
  const before = 'set the light in the kitchen to 50 percent';
  const first = { room: 'kitchen', level: 50 };

  it.each([
    ['Brighton.', 'brighter', [{ room: 'kitchen', level: 70 }]],
    ['Know, the bad room.', 'no the bedroom', ['undo', { room: 'bedroom', level: 50 }]],
    ['Agen.', 'again', [first]],
  ])('and was misread as "%s" is "%s"', async (free, said, runs) => {
    const stage = stageOf();
    await stage.session.say(before);
    expect(accepts(await graphOf(stage), said)).toBe(true);
    await stage.phrase(free, near(said));
    expect(ran).toEqual([first, ...runs]);
  });

  it('needs a wake phrase where commands do', async () => {
    const stage = stageOf({ wake: { phrases: ['computer'] } });
    await stage.session.say(before);
    const graph = await graphOf(stage);
    expect([accepts(graph, 'computer brighter'), accepts(graph, 'brighter')]).toEqual([true, false]);
    await stage.phrase('Brighton.', near('brighter'));
    expect(ran).toEqual([first]);
  });

  it('is not listened for before any command, nor while a question is open', async () => {
    expect(accepts(await graphOf(stageOf()), 'brighter')).toBe(false);
    const stage = await askedStage(({ confirm }) => confirm('Really?'));
    expect(accepts(await graphOf(stage), 'again')).toBe(false);
  });
});
