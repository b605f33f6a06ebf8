import { describe, expect, it } from 'vitest';
import { parseTemplate, TemplateError } from '../../src/grammar/index.ts';

describe('A template', () => {
  it('becomes a tree of its parts', () => {
    expect(parseTemplate('(turn|switch) [the] {room} lights (a;b)')).toMatchObject({
      kind: 'sequence',
      parts: [
        {
          kind: 'choice',
          options: [
            { kind: 'words', text: 'turn' },
            { kind: 'words', text: 'switch' },
          ],
        },
        { kind: 'optional', part: { kind: 'words', text: 'the' } },
        { kind: 'slot', name: 'room' },
        { kind: 'words', text: 'lights' },
        {
          kind: 'any-order',
          parts: [
            { kind: 'words', text: 'a' },
            { kind: 'words', text: 'b' },
          ],
        },
      ],
    });
  });

  it.each([
    ['turn (on|off', 5, 'never closed'],
    ['turn on)', 7, 'closes nothing'],
    ['turn [on)', 8, 'Expected "]"'],
    ['set {room', 4, 'never closed'],
    ['set {ro om}', 4, 'is not a valid name'],
    ['set {level?}', 4, 'optional slot'],
    ['(a|b;c)', 4, 'side by side'],
    ['a;b', 1, 'round brackets'],
    ['go []', 3, 'nothing inside'],
    ['<rule', 0, 'never closed'],
    ['(a;b;c;d;e;f;g)', 0, 'At most 6'],
    ['('.repeat(100), 64, 'deeper'],
  ])('%j is refused at letter %i: %s', (template, position, message) => {
    const error = catchError(() => parseTemplate(template));
    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({ code: 'bad-template', position });
    expect((error as Error).message).toContain(message);
  });
});

function catchError(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
