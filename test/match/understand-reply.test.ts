import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, list, type GrammarCommand } from '../../src/grammar/index.ts';
import { Matcher, understandReply } from '../../src/match/index.ts';
import type { Alternative, Transcript } from '../../src/types.ts';
import { unread } from './transcript.ts';

const matcherOf = (commands: GrammarCommand[]): Matcher =>
  new Matcher(compileGrammar(commands, { language: 'en' }).grammar, defaultConfig.match);
const rooms = matcherOf([{ name: 'answer', phrases: ['[the] {room}'], slots: { room: list(['kitchen', 'bedroom']) } }]);
const commands = matcherOf([{ name: 'open', phrases: ['open the kitchen', 'kitchen'], slots: {} }]);

/** A reading, with its log-probability per token and the lead of words other than its own, nats. */
function reading(text: string, each: number, lead: number): Alternative {
  const words = [...text.split(' '), ''];
  return {
    text,
    logProbability: each * words.length,
    tokens: words.length,
    endMs: 0,
    scores: words.map((word) => ({ word, logProbability: each, lead: word === '' ? 0 : lead })),
  };
}

function transcript(free: string, each: number, ...constrained: Alternative[]): Transcript {
  return { ...unread, ...reading(free, each, 0), constrained };
}

describe('A transcript', () => {
  it.each([
    ['that is exactly a reply', transcript('The bedroom.', -0.2), 'The bedroom'],
    ['that was read as one', transcript('The bad room.', -0.9, reading('the bedroom', -1, 0.4)), 'the bedroom'],
    ['that resembles one, and was not read as one', transcript('The bad room.', -0.9), undefined],
    ['that says much else', transcript('I went to sleep early.', -0.2, reading('the bedroom', -4, 9)), undefined],
  ])('%s', (_, said, phrase) => {
    expect(understandReply(rooms, said, commands)?.phrase).toBe(phrase);
  });

  it('is no reply if a command fits better, or as well', () => {
    const reply = reading('the kitchen', -1, 0.4);
    const command = (each: number): Alternative => reading('open the kitchen', each, 0.4);
    const said = (each: number): Transcript => transcript('The kitschen.', -0.9, reply, command(each));
    expect(understandReply(rooms, said(-0.5), commands)).toBeUndefined();
    expect(understandReply(rooms, said(-1), commands)).toBeUndefined();
    expect(understandReply(rooms, said(-3), commands)).toMatchObject({ args: { room: 'kitchen' } });
  });

  it('is a reply although a command has the same words', () => {
    expect(understandReply(rooms, transcript('Kitchen.', -0.2), commands)).toMatchObject({ args: { room: 'kitchen' } });
  });
});
