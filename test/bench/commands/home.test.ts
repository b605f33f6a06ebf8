import { describe, expect, it } from 'vitest';
import { expected, isRight } from '../../../bench/commands/home/_expected.ts';
import { defaultConfig } from '../../../src/config/index.ts';
import { compileGrammar } from '../../../src/grammar/index.ts';
import { Matcher } from '../../../src/match/index.ts';
import { Registry } from '../../../src/registry/index.ts';

const registry = new Registry({ language: 'en' });
const problems = await registry.load('bench/commands/home');
const matcher = new Matcher(compileGrammar(registry.commands, { language: 'en' }).grammar, defaultConfig.match);

describe('The smart-home commands', () => {
  it('load without problems', () => {
    expect(problems).toEqual([]);
  });

  it.each(Object.entries(expected))('understand %j', (said, wanted) => {
    const { match } = matcher.match(said);
    expect(match).toMatchObject({ ...wanted, via: 'exact' });
    expect(isRight(said, match)).toBe(true);
  });

  it.each([
    ["What's the temp of the ecobee?", 'temperature'],
    ['Set the bed light to 30%.', 'brightness'],
    ['Please lock the back door.', 'lock'],
    ['Shut all of the blinds in the living room.', 'cover'],
    ['Start a 5-minute timer.', 'start-timer'],
    ['Never mind.', 'never-mind'],
    ['Activate the movie night scene', 'run-script'],
    ['How warm is it in the bedroom?', 'temperature'],
  ])('understand %j, which no clip has', (said, command) => {
    expect(matcher.match(said).match?.command).toBe(command);
  });

  it.each([
    ['open the fridge'],
    ['lock the sliding door'],
    ['set the front door to red'],
    ['what is the weather in the kitchen'],
    ['the lights are nice'],
  ])('turn %j away', (said) => {
    expect(matcher.match(said).match).toBeUndefined();
  });
});
