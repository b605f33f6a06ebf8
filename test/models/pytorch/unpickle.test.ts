import { describe, expect, test } from 'vitest';
import { PickledCall, unpickle, type UnpickleOptions } from '../../../src/models/pytorch/unpickle.ts';

const protocol = '\x80\x02';

function read(pickle: string, options: Partial<UnpickleOptions> = {}): unknown {
  return unpickle(Buffer.from(pickle, 'latin1'), 0, { isAllowed: () => false, ...options }).value;
}

describe('a pickle is read without being run', () => {
  test('numbers, texts, lists, tuples and dictionaries', () => {
    // {"a": [1, 300, -2, 0.5, True, None, (7,)], "again": the same list}
    const numbers = 'K\x01M\x2c\x01J\xfe\xff\xff\xffG\x3f\xe0\0\0\0\0\0\0';
    const pickle = `}q\0(X\x01\0\0\0a]q\x01(${numbers}\x88NK\x07\x85eX\x05\0\0\0againh\x01u.`;
    const value = read(protocol + pickle) as Map<string, unknown>;
    expect(value.get('a')).toEqual([1, 300, -2, 0.5, true, undefined, [7]]);
    expect(value.get('again')).toBe(value.get('a'));
  });

  test('whole numbers of any size, two’s complement', () => {
    expect(read(`${protocol}\x8a\x01\xff.`)).toBe(-1);
    expect(read(`${protocol}\x8a\x02\xff\x00.`)).toBe(255);
    expect(read(`${protocol}\x8a\x00.`)).toBe(0);
  });

  test('several one after the other', () => {
    const bytes = Buffer.from(`${protocol}K\x01.${protocol}K\x02.`, 'latin1');
    const first = unpickle(bytes, 0, { isAllowed: () => false });
    expect(first.value).toBe(1);
    expect(unpickle(bytes, first.endByte, { isAllowed: () => false }).value).toBe(2);
  });

  test('what is allowed is kept as data and never called', () => {
    const call = read(`${protocol}ccollections\nOrderedDict\n)R.`, { isAllowed: (name) => name.startsWith('coll') });
    expect(call).toBeInstanceOf(PickledCall);
    expect((call as PickledCall).callee.name).toBe('collections OrderedDict');
  });
});

describe('what no weights need is refused', () => {
  const cases: [what: string, pickle: string][] = [
    ['a call of os.system', `${protocol}cos\nsystem\n(X\x02\0\0\0idtR.`],
    ['eval by another name', `${protocol}cbuiltins\neval\n(X\x01\0\0\x001tR.`],
    ['an allowed module with another function', `${protocol}ctorch\nload\n)R.`],
    ['a name through the stack (protocol 4)', `\x80\x04\x8c\x02os\x8c\x06system\x93.`],
    ['the instruction INST', `${protocol}(ios\nsystem\n.`],
    ['the instruction OBJ', `${protocol}(K\x01o.`],
    ['an extension', `${protocol}\x82\x01.`],
    ['data from outside', `${protocol}K\x01Q.`],
    ['a call of what is no function', `${protocol}K\x01)R.`],
    ['a cut one', `${protocol}X\xff\0\0\0ab`],
    ['one without an end', `${protocol}K\x01`],
    ['an empty one', ''],
    ['more taken than was put down', `${protocol}\x86.`],
    ['a mark as a value', `${protocol}(.`],
    ['something left beneath the result', `${protocol}K\x01K\x02.`],
    ['an unknown place', `${protocol}h\x05.`],
    ['a text of 4 GB', `${protocol}X\xff\xff\xff\xff.`],
  ];
  test.each(cases)('%s', (_, pickle) => {
    const isAllowed = (name: string): boolean => name === 'collections OrderedDict';
    expect(() => read(pickle, { isAllowed })).toThrow(expect.objectContaining({ code: 'bad-model' }) as Error);
  });

  test('an endless one', () => {
    expect(() => read(protocol + 'K\x01'.repeat(300_000) + '.')).toThrow(/too many/);
  });
});
