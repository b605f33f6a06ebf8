import { describe, expect, it } from 'vitest';
import { isClearYes, readYesNo } from '../../src/dispatch/answer-words.ts';
import { compileGrammar, list, number, text, tokenize, type GrammarCommand } from '../../src/grammar/index.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';

function matcherOf(language: string, phrases: Record<string, string>, values: readonly string[]): Matcher {
  const commands = Object.entries(phrases).map(([name, phrase]): GrammarCommand => {
    const slots = { room: list(values), n: number({ max: 20_000 }), what: text() };
    const used = Object.entries(slots).filter(([slot]) => phrase.includes(`{${slot}}`));
    return { name, phrases: [phrase], slots: Object.fromEntries(used) };
  });
  const { grammar, problems } = compileGrammar(commands, { language });
  expect(problems).toEqual([]);
  return new Matcher(grammar, defaultConfig.match);
}

function meaning(matcher: Matcher, said: string): unknown[] {
  const { match } = understandText(matcher, said);
  return match ? [match.command, ...Object.values(match.args)] : [];
}

describe('Chinese', () => {
  const phrases = { on: '打开[{room}的]灯', off: '关闭{room}的灯', note: '记下{what}', set: '把空调调到{n}度' };
  const simple = matcherOf('zh', phrases, ['客厅', '厨房', '里面']);
  const traditional = matcherOf(
    'zh',
    { on: '打開[{room}的]燈', off: '關閉{room}的燈', note: '記下{what}', set: '把空調調到{n}度' },
    ['客廳', '廚房', '裡面'],
  );

  it.each([
    ['打开灯', ['on'], ['on']],
    ['打開燈', ['on'], ['on']],
    ['打開廚房的燈。', ['on', '厨房'], ['on', '廚房']],
    ['关闭客厅的灯', ['off', '客厅'], ['off', '客廳']],
    ['關閉客廳的灯', ['off', '客厅'], ['off', '客廳']],
    ['打開裏面的燈', ['on', '里面'], ['on', '裡面']],
    ['把空調調到二十六度', ['set', 26], ['set', 26]],
    ['把空调调到一萬度', ['set', 10_000], ['set', 10_000]],
    ['打開臥室的燈', [], []],
    ['不要打開燈', [], []],
    ['别打開燈', [], []],
  ])('“%s” is the same command whichever signs its author wrote', (said, one, other) => {
    expect([meaning(simple, said), meaning(traditional, said)]).toEqual([one, other]);
  });

  it('free text is what was said', () => {
    expect(meaning(simple, '記下買麵包和牛奶')).toEqual(['note', '買麵包和牛奶']);
    expect(meaning(traditional, '记下买面包')).toEqual(['note', '买面包']);
  });

  it('an answer counts in both', () => {
    expect([readYesNo('確定', 'zh'), readYesNo('沒問題', 'zh'), readYesNo('不對', 'zh')]).toEqual([true, true, false]);
    expect(isClearYes('確定', 'zh')).toBe(true);
  });
});

describe('Japanese', () => {
  const phrases = {
    on: '{room}の電気をつけて',
    note: '{what}をメモして',
    level: '音量を{n}にして',
    print: 'プリンターを起動',
  };
  const matcher = matcherOf('ja', phrases, ['キッチン', 'りびんぐ', '寝室', 'トイレ', 'シャワー']);

  it.each([
    ['キッチンの電気をつけて', ['on', 'キッチン']],
    ['きっちんの電気を付けて', []],
    ['きっちんの電気をつけて', ['on', 'キッチン']],
    ['リビングの電気をツケテ', ['on', 'りびんぐ']],
    ['ｷｯﾁﾝの電気をつけて', ['on', 'キッチン']],
    ['ﾘﾋﾞﾝｸﾞの電気をつけて', ['on', 'りびんぐ']],
    ['シャワの電気をつけて', ['on', 'シャワー']],
    ['ビルの電気をつけて', []],
    ['音量を１５にして', ['level', 15]],
    ['音量を十五にして', ['level', 15]],
    ['プリンタを起動', ['print']],
    ['プリンターを起動してください', []],
    ['プリンターを起動ください', ['print']],
    ['キッチンの電気をつけないで', []],
  ])('“%s” is %j', (said, meant) => {
    expect(meaning(matcher, said)).toEqual(meant);
  });

  it('free text is what was said', () => {
    expect(meaning(matcher, 'ｺｰﾋｰ豆とメーターをメモして')).toEqual(['note', 'ｺｰﾋｰ豆とメーター']);
  });

  it('a long vowel inside a word, or at the end of a short one, makes another word', () => {
    expect(tokenize('ビール').join('')).toBe('ビール');
    expect(tokenize('コピー').join('')).toBe('コピー');
    expect(tokenize('コンピューターゲーム').join('')).toBe('コンピューターゲーム');
    expect(tokenize('エレベーター').join('')).toBe('エレベータ');
  });
});
