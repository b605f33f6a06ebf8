import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { Matcher, understandText, understandTranscript } from '../../src/match/index.ts';
import { house } from '../grammar/commands.ts';
import { transcript } from './transcript.ts';

const matcher = new Matcher(compileGrammar(house, { language: 'en' }).grammar, defaultConfig.match);

describe('A transcript', () => {
  it('is a command when its free reading is one', () => {
    const result = understandTranscript(matcher, transcript(['Turn off the lights.', -0.2]));
    expect(result.match).toMatchObject({ command: 'lights', via: 'exact' });
    expect(result.match!.score).toBeGreaterThan(0.99);
  });

  it('is read with the grammar when the free reading is not a command', () => {
    const result = understandTranscript(
      matcher,
      transcript(
        ['Said the chicken nights two 50', -1],
        [
          ['Set the kitchen lights to 50', -1.5],
          ['Set the kitchen lights to 15', -2.5],
        ],
      ),
    );
    expect(result.match).toMatchObject({ command: 'brightness', args: { room: 'kitchen', level: 50 }, via: 'grammar' });
    expect(result.candidates).toMatchObject([{ command: 'brightness', phrase: 'Set the kitchen lights to 15' }]);
  });

  it.each([
    ['words that nobody said', 'Set the kitchen lights to 50'],
    ['fewer words than were said', 'Turn off the lights'],
  ])('that breaks off is not a command, although it can be read as one with %s', (_, held) => {
    const result = understandTranscript(matcher, transcript(['Set the kitchen lights to', -0.4], [[held, -0.5]]));
    expect(result).toMatchObject({ completeness: 'incomplete', reason: 'This is only the beginning of a command.' });
    expect(result.match).toBeUndefined();
    expect(result.beginning).toMatchObject({
      command: { name: 'brightness' },
      args: { room: 'kitchen' },
      missing: [{ name: 'level' }],
    });
  });

  it('is refused when the grammar had to be forced onto the sound', () => {
    const result = understandTranscript(
      matcher,
      transcript(['I went to the market yesterday', -0.2], [['Remind me to it', -4.6]]),
    );
    expect(result.match).toBeUndefined();
    expect(result.reason).toContain('does not sound enough like it');
    expect(result.candidates[0]).toMatchObject({ command: 'remind' });
  });

  it('that is refused lists what its words are near to, the likeliest first', () => {
    const result = understandTranscript(
      matcher,
      transcript(
        ['Set a kitchen light to 50', -0.6],
        [
          ['Remind me to it', -4.6],
          ['Turn off the lights', -9],
        ],
      ),
    );
    expect(result.match).toBeUndefined();
    expect(result.candidates.map(({ command }) => command)).toEqual(['brightness', 'remind']);
    expect(result.reason).toContain('brightness');
  });

  it('is a surer command the more letters of it were heard', () => {
    const scoreOf = (heard: string): number =>
      understandTranscript(matcher, transcript([heard, -0.9], [['Turn off the lights', -1.6]])).match?.score ?? 0;
    expect(scoreOf('Turn of delights')).toBeGreaterThan(0.9);
    expect(scoreOf('I have no idea what you mean')).toBe(0);
  });

  it('is the reading with more words if that is more probable, wherever the decoder looked at its end', () => {
    const free = transcript(['Set the kitchen lights to', -0.3]);
    const held = { text: 'Set the kitchen lights to 50', logProbability: -2, tokens: 11, endMs: 1_500 };
    expect(understandTranscript(matcher, { ...free, endMs: 1_900, constrained: [held] }).match).toMatchObject({
      command: 'brightness',
      args: { level: 50 },
    });
    expect(
      understandTranscript(matcher, { ...free, endMs: 1_900, constrained: [{ ...held, text: 'Turn off the lights' }] })
        .match,
    ).toBeUndefined();
  });

  it.each([
    ['Send the kitchen lights too', undefined],
    ['Send the kitchen lights to two', 2],
    ['Send the kitchen lights to four', 2],
  ])('takes no word for a number after itself: %s', (heard, level) => {
    const result = understandTranscript(matcher, transcript([heard, -0.9], [['Set the kitchen lights to 2', -1]]));
    expect(result.match?.args['level']).toBe(level);
    if (level === undefined)
      expect(result).toMatchObject({ completeness: 'incomplete', beginning: { missing: [{ name: 'level' }] } });
  });

  it('leads to a question when two readings are equally likely', () => {
    const result = understandTranscript(
      matcher,
      transcript(
        ['', -3],
        [
          ['kitchen lights 15', -1],
          ['kitchen lights 50', -1.001],
        ],
      ),
    );
    expect(result.match).toBeUndefined();
    expect(result.reason).toBe('This could be "kitchen lights 15" or "kitchen lights 50".');
  });

  it('gives every slot its confidence and alternatives', () => {
    const [room, level] = understandTranscript(
      matcher,
      transcript(
        ['x', -3],
        [
          ['kitchen lights 18', -1],
          ['kitchen lights 80', -1.1],
        ],
      ),
    ).slots!;
    expect(room).toMatchObject({ name: 'room', value: 'kitchen', confidence: 1, alternatives: [] });
    expect(level).toMatchObject({ name: 'level', value: 18, alternatives: [{ value: 80, words: '80' }] });
    expect(level!.confidence! + level!.alternatives![0]!.confidence).toBeCloseTo(1);
    expect(level!.confidence).toBeCloseTo(1 / (1 + Math.exp(-1)));
  });

  it('without a grammar is matched nearly, and is less sure when it was badly heard', () => {
    const said = 'Set the kitten lights to fifty.';
    expect(understandTranscript(matcher, transcript([said, -0.3])).match).toMatchObject({
      command: 'brightness',
      via: 'near',
    });
    expect(understandTranscript(matcher, transcript([said, -4])).match).toBeUndefined();
  });

  it('gives the same result as the typed phrase', () => {
    for (const said of ['turn off the lights', 'channel 5', 'set the kitchen', 'good morning', "what's the time"]) {
      const [spoken, typed] = [understandTranscript(matcher, transcript([said, -0.01])), matcher.match(said)];
      expect([spoken.match?.command, spoken.match?.args, spoken.completeness]).toEqual([
        typed.match?.command,
        typed.match?.args,
        typed.completeness,
      ]);
    }
  });

  it('is not a command when sure words stand beside it', () => {
    for (const said of [
      "Don't turn off the lights",
      'Turn off the lights in ten minutes',
      'He said turn off the lights',
      'Turn off the lights except the lamp',
    ]) {
      expect(
        understandTranscript(matcher, transcript([said, -0.05], [['Turn off the lights', -0.6, 5]])).match,
        said,
      ).toBeUndefined();
    }
    // Words that were hardly heard and sound alike are a mishearing.
    expect(
      understandTranscript(matcher, transcript(['Turn off the lice', -1.2], [['Turn off the lights', -1.4, 1]])).match,
    ).toMatchObject({ command: 'lights' });
  });

  it('says which words no command explains', () => {
    const beside = understandTranscript(
      matcher,
      transcript(['Turn off the lights unless I read', -0.05], [['Turn off the lights', -0.6, 5]]),
    );
    expect(beside).toMatchObject({ unknown: { where: 'after', words: 'unless i read' } });
    expect(beside.reason).toContain('unless i read');
    const value = understandTranscript(
      matcher,
      transcript(['Set the bathroom lights to 50', -0.05], [['Set the bedroom lights to 50', -0.4, 5]]),
    );
    expect(value).toMatchObject({
      unknown: { where: 'slot', slot: 'room', words: 'bathroom', known: expect.arrayContaining(['kitchen']) },
    });
    expect(value.reason).toBe('I know no room “bathroom”. Say kitchen, living room, bedroom.');
  });

  it('obeys a `not` phrase that the free reading contains', () => {
    const result = understandTranscript(
      matcher,
      transcript(['I think the kitchen lights are nice at 50', -0.3], [['Set the kitchen lights to 50', -0.35, 0.1]]),
    );
    expect(result.match).toBeUndefined();
  });

  it('suggests a command that is neither sure nor surely something else', () => {
    const { match, suggestion } = understandTranscript(
      matcher,
      transcript(['Turn of the lice', -1.5], [['Turn off the lights', -2.6, 5]]),
    );
    expect(match).toBeUndefined();
    expect(suggestion).toMatchObject({ command: 'lights' });
    expect(
      understandTranscript(
        matcher,
        transcript(['What do you think of the price', -0.2], [['Turn off the lights', -3.5, 6]]),
      ).suggestion,
    ).toBeUndefined();
  });

  it('counts as broken off when that fits better than any whole command', () => {
    const free = transcript(['Set the kitchen light stew', -0.6], [['Set the kitchen lights to 2', -1.4, 3]]);
    const brokenOff = [{ text: 'Set the kitchen lights to', logProbability: -6, tokens: 10, endMs: 0 }];
    expect(understandTranscript(matcher, { ...free, brokenOff })).toMatchObject({
      completeness: 'incomplete',
      beginning: { command: { name: 'brightness' } },
    });
  });
});

describe('A typed phrase', () => {
  it('is not a command when a number or a word beside it changes its meaning', () => {
    const others = [
      'did you turn off the lights',
      'turn off the lights unless',
      'turn off 3 the lights',
      'I turn off the lights',
      'then he turned off the lights',
      'turn off the lights in the',
    ];
    for (const said of others) expect(understandText(matcher, said).match, said).toBeUndefined();
    expect(understandText(matcher, 'I want you to turn off the lights').match).toMatchObject({ command: 'lights' });
    expect(understandText(matcher, 'set the kitten lights to fifty').match).toMatchObject({
      command: 'brightness',
      via: 'near',
    });
  });

  it('says which words no command explains', () => {
    expect(understandText(matcher, 'make me a decaf latte')).toMatchObject({
      unknown: { where: 'slot', words: 'decaf' },
    });
    expect(understandText(matcher, 'what a lovely day').unknown).toBeUndefined();
  });
});
