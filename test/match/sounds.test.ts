import { describe, expect, it } from 'vitest';
import { soundDistance } from '../../src/match/sounds.ts';

const distance = (one: string, other: string): number => soundDistance(one.split(' '), other.split(' '));

describe('The distance of sounds', () => {
  it.each([
    ['light stew', 'lights to'],
    ['brue', 'brew'],
    ['skin', 'skim'],
    ['went', 'want'],
    ['rite', 'right'],
  ])('is small between "%s" and "%s"', (one, other) => {
    expect(distance(one, other)).toBeLessThan(0.2);
  });

  it.each([
    ['brown', 'blue'],
    ['bathroom', 'kitchen'],
    ['open', 'close'],
    ['latte', 'mocha'],
    ['打 开', '关 闭'],
    ['свет', 'окно'],
  ])('is large between "%s" and "%s"', (one, other) => {
    expect(distance(one, other)).toBeGreaterThan(0.45);
  });

  it('is 0 for the same, 1 beside nothing, and the same both ways', () => {
    expect(distance('kitchen', 'kitchen')).toBe(0);
    expect(distance('厨 房', '厨 房')).toBe(0);
    expect(soundDistance([], ['kitchen'])).toBe(1);
    expect(distance('living room', 'bedroom')).toBe(distance('bedroom', 'living room'));
  });
});
