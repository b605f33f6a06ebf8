import { describe, expect, it } from 'vitest';
import { foldWord, tokenize } from '../../src/grammar/index.ts';

describe('Text becomes words:', () => {
  it.each([
    ['Set the Kitchen lights, please!', 'set the kitchen lights please'],
    ['twenty-five', 'twenty five'],
    ['50 %', '50%'],
    ['50%.', '50%'],
    ['1,500 and 12,345,678', '1,500 and 12,345,678'],
    ['1\u00a0500', '1500'],
    ['1/2 hour, 1 1/2 hours', '1/2 hour 1 1/2 hours'],
    ['$20, $1.50 and 5€', '20 $ 1.50 $ and 5 €'],
    ['$5 million or £2', '5 million $ or 2 £'],
    ['a $ sign', 'a sign'],
    ['30m', '30 m'],
    ['3.5', '3.5'],
    ['.5 and -.5', '0.5 and -0.5'],
    ['channel.5 … 5', 'channel 5 5'],
    ['12oz', '12 oz'],
    ['3,5 Grad', '3,5 grad'],
    ['4½ hours', '4.5 hours'],
    ['90s', '90 s'],
    ['1h30min', '1 h 30 min'],
    ["l’entrée d'en bas", "l' entrée d' en bas"],
    ["qu'est-ce que c'est", "qu' est ce que c' est"],
    ["don't, o'clock, rock 'n' roll, aujourd'hui", "don't o'clock rock n' roll aujourd'hui"],
    ['what’s up', "what's up"],
    ['O.K., at 7 a.m. it is A. Then B.', 'ok at 7 am it is a then b'],
    ['72°F', '72 degrees fahrenheit'],
    ['salt & pepper', 'salt and pepper'],
    ['minus -5', 'minus -5'],
    ['mp3 player', 'mp3 player'],
    ['C, C++ and C#', 'c c plus plus and c sharp'],
    ['2+3, #1', '2 plus 3 1'],
    ['打开客厅的灯', '打 开 客 厅 的 灯'],
    ['打开 TV，音量５０％', '打 开 tv 音 量 50%'],
    ['ﾘﾋﾞﾝｸﾞ リビング', 'リ ビ ン グ リ ビ ン グ'],
    ['ห้องครัว', 'ห้ อ ง ค รั ว'],
    ['한국어 단어', '한국어 단어'],
    ['  ', ''],
    ['…', ''],
  ])('%j is %j', (text, words) => {
    expect(tokenize(text).join(' ')).toBe(words);
  });

  it.each([
    ['Café', 'cafe'],
    ["it's", 'its'],
    ['Straße', 'strasse'],
    ['dreißig', 'dreissig'],
    ['veintidós', 'veintidos'],
    ['50%', '50%'],
    ['okay', 'ok'],
    ['constructor', 'constructor'],
    ['IŞIĞI', 'isigi'],
    ['ışığı', 'isigi'],
    ['İlk', 'ilk'],
    ['ΔΡΟΜΟΣ', 'δρομοσ'],
    ['δρόμος', 'δρομοσ'],
    ['ёлка', 'елка'],
    ['чайник', 'чайник'],
    ['łóżko', 'lozko'],
    ['が', 'が'],
    ['की', 'की'],
  ])('%j is compared as %j', (word, folded) => {
    expect(foldWord(word)).toBe(folded);
  });
});
