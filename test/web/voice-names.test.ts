import { expect, test } from 'vitest';
import { voiceClass, voiceName } from '../../web/voice-names.ts';
import { initialState, reduce } from '../../web/view-state.ts';

test('a voice is shown by its number until it has a name', () => {
  expect([voiceName('speaker2'), voiceName('speaker2', 'Anna')]).toEqual(['Voice 2', 'Anna']);
  expect([voiceClass('speaker1'), voiceClass('speaker7')]).toEqual(['voice-0', 'voice-0']);
});

test('a name that was given on the page holds for what was said and for what will be said', () => {
  const before = {
    ...initialState,
    utterances: [
      {
        id: 'a',
        source: 'spoken' as const,
        text: 'a',
        committed: 'a',
        status: 'heard' as const,
        outcomes: [],
        said: [],
        speaker: 'speaker1',
      },
      {
        id: 'b',
        source: 'spoken' as const,
        text: 'b',
        committed: 'b',
        status: 'heard' as const,
        outcomes: [],
        said: [],
        speaker: 'speaker2',
      },
    ],
  };
  const after = reduce(before, { type: 'voice-named', speaker: 'speaker1', name: 'Guest' });
  expect(after.utterances.map(({ speakerName }) => speakerName)).toEqual(['Guest', undefined]);
  expect(after.voiceNames).toEqual({ speaker1: 'Guest' });
});
