import type { DateWords, TimeWords } from '../value-words.ts';
import { words } from '../words.ts';

const numerals = words('一, 二, 三, 四, 五, 六, 七, 八, 九, 十, 十一, 十二');

export const dates: DateWords = {
  months: numerals.map((numeral, i) => [`${numeral}月`, `${i + 1}月`]),
  weekdays: words('月, 火, 水, 木, 金, 土, 日').map((day) => [`${day}曜日`, `${day}曜`]),
  relative: {
    今日: 0,
    きょう: 0,
    本日: 0,
    今晩: 0,
    今夜: 0,
    明日: 1,
    あした: 1,
    あす: 1,
    明後日: 2,
    あさって: 2,
    昨日: -1,
    きのう: -1,
    一昨日: -2,
    おととい: -2,
  },
  shifts: { 今週の: 0, 今度の: 0, この: 0, 来週の: 1, 次の: 1, 再来週の: 2, 先週の: -1 },
  units: { day: ['日', '日間'], week: ['週間', '週'], month: ['か月', 'ヶ月', 'カ月'], year: ['年', '年間'] },
  few: { 数: 3 },
  ago: ['前'],
  lastOf: ['最後の'],
  monthFirst: false,
  phrases: [
    '{relative}',
    '[{shift}] {weekday}',
    '[{year} 年] {month} {day} 日',
    '{day} 日',
    '{span} 後',
    '{span} {ago}',
    '{numeric}',
  ],
  example: '明日',
};

export const times: TimeWords = {
  offsets: { 半: 30 },
  sides: {},
  signs: {},
  periods: {
    午前: 0,
    朝: 0,
    今朝: 0,
    午後: 12,
    昼: 11,
    夕方: 13,
    夜: 13,
    今夜: 13,
    今晩: 13,
    深夜: 17,
  },
  named: { 正午: 720, 真夜中: 0 },
  clock: ['{clock}', '{hour} 時 [ちょうど]', '{hour} 時 {minute} 分', '{hour} 時 {offset}'],
  phrases: ['[{period}] [の] {time} [に]', '{named} [に]'],
  after: ['{duration} 後 [に]'],
  together: ['{date} [の] [{period}] [の] {time} [に]', '{date} [の] {named} [に]'],
  delays: [
    '{duration} 後 [に]',
    '[{day} [の]] [{period}] [の] {time} に',
    '{day} [の] [{period}] [の] {time}',
    '{period} [の] {time}',
    '[{day} [の]] {named} に',
  ],
  example: '六時半',
  exampleWithDate: '明日九時',
};
