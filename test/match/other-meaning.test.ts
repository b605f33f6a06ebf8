import { expect, test } from 'vitest';
import { compileGrammar, list } from '../../src/grammar/index.ts';
import { hasOtherMeaning } from '../../src/match/index.ts';

const grammarOf = (language: string): Parameters<typeof hasOtherMeaning>[2] =>
  compileGrammar([{ name: 'it', phrases: ['{what}'], slots: { what: list(['it']) } }], { language }).grammar;

test.each([
  ['en', 'kill the lights in the kitchen', 'turn off the kitchen lights', false],
  ['en', 'never touch the lights', 'turn off the lights', true],
  ['en', "don't touch the lights", 'turn off the lights', true],
  ['en', 'why are the lights off', 'turn off the lights', true],
  ['en', 'how bright is the kitchen', 'what is the brightness of the kitchen', false],
  ['en', 'how bright is the kitchen', 'set the kitchen lights', true],
  ['en', 'give me seven of those', 'give me those', true],
  ['en', 'I want it at 50%', 'set it to fifty percent', false],
  ['de', 'er machte gestern das Licht aus', 'mach das Licht aus', true],
  ['de', 'warum ist das Licht aus', 'mach das Licht aus', true],
  ['fr', 'pourquoi la lampe est allumée', 'allume la lampe', true],
  ['es', 'cuándo se apaga la luz', 'apaga la luz', true],
  ['zh', '请打开灯', '打开灯', false],
  ['zh', '如果下雨就打开灯', '打开灯', true],
  ['zh', '为什么开灯', '开灯', true],
  ['zh', '下面要开灯', '不要开灯', false],
  ['ja', '電気をつけないで', '電気をつけて', true],
  ['ja', '電気をつけてください', '電気をつけて', false],
])('in %s, “%s” beside “%s” means something else: %s', (language, text, phrase, expected) => {
  expect(hasOtherMeaning(text, phrase, grammarOf(language))).toBe(expected);
});
