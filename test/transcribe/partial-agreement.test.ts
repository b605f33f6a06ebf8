import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PartialAgreement } from '../../src/transcribe/partial-agreement.ts';

test('commits what two readings in a row agree on, but for the last word, which may still grow', () => {
  const partials = new PartialAgreement();
  expect(partials.update('Set the')).toEqual({ committed: '', text: 'Set the' });
  expect(partials.update('Set the kitchen')).toEqual({ committed: 'Set', text: 'Set the kitchen' });
  expect(partials.update('set the kitten lights')).toEqual({ committed: 'Set', text: 'Set the kitten lights' });
  expect(partials.update('Set the kitten lights two')).toEqual({
    committed: 'Set the kitten',
    text: 'Set the kitten lights two',
  });
});

test('never changes committed text, whatever the readings say', () => {
  const reading = fc
    .array(fc.constantFrom('set', 'the', 'kitchen', 'lights', 'to'), { maxLength: 6 })
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 12 }), (readings) => {
      const partials = new PartialAgreement();
      let committed = '';
      for (const text of readings) {
        const next = partials.update(text);
        expect(next.committed.startsWith(committed)).toBe(true);
        expect(next.text.startsWith(next.committed)).toBe(true);
        committed = next.committed;
      }
    }),
  );
});
