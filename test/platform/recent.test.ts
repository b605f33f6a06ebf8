import { describe, expect, it } from 'vitest';
import { Recent } from '../../src/platform/recent.ts';

describe('What was used last', () => {
  it('is kept up to the limit, and what was not used for longest goes first', () => {
    const recent = new Recent<string, number>(2);
    expect([recent.set('one', 1), recent.set('two', 2)]).toEqual([undefined, undefined]);
    expect(recent.get('one')).toBe(1);
    expect(recent.set('three', 3)).toBe('two');
    expect(['one', 'two', 'three'].map((key) => recent.get(key))).toEqual([1, undefined, 3]);
  });

  it('takes another value for a known key without letting one go', () => {
    const recent = new Recent<string, number>(1);
    recent.set('one', 1);
    expect(recent.set('one', 2)).toBeUndefined();
    expect(recent.get('one')).toBe(2);
  });

  it('is nothing after it was cleared', () => {
    const recent = new Recent<string, number>(1);
    recent.set('one', 1);
    recent.clear();
    expect(recent.get('one')).toBeUndefined();
  });
});
