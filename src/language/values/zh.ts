import type { DateWords, TimeWords } from '../value-words.ts';
import { words } from '../words.ts';

const numerals = words('一, 二, 三, 四, 五, 六, 七, 八, 九, 十, 十一, 十二');

/** Weeks begin on Monday; 星期, 周 and 礼拜 are all "week". */
const weekdays = words('一, 二, 三, 四, 五, 六, 日').map((day, i) =>
  ['星期', '周', '礼拜'].flatMap((week) => [`${week}${day}`, ...(i === 6 ? [`${week}天`] : [])]),
);

export const dates: DateWords = {
  months: numerals.map((numeral, i) => [`${numeral}月`, `${i + 1}月`]),
  weekdays,
  relative: { 今天: 0, 今日: 0, 今晚: 0, 明天: 1, 明日: 1, 明晚: 1, 后天: 2, 大后天: 3, 昨天: -1, 前天: -2 },
  shifts: { 这个: 0, 这: 0, 本: 0, 下个: 1, 下: 1, 上个: -1, 上: -1 },
  units: { day: ['天', '日'], week: ['周', '星期', '个星期', '礼拜'], month: ['月', '个月'], year: ['年'] },
  few: { 几: 3 },
  ago: ['前', '以前', '之前'],
  lastOf: ['最后一个'],
  monthFirst: false,
  phrases: [
    '{relative}',
    '[在] [{shift}] {weekday}',
    '[在] [{year} 年] {month} {day} [日|号]',
    '[在] {day} (日|号)',
    '{span} (后|以后|之后)',
    '{span} {ago}',
    '[在] {numeric}',
  ],
  example: '明天',
};

export const times: TimeWords = {
  offsets: { 半: 30, 一刻: 15, 三刻: 45 },
  sides: {},
  signs: { 差: -1, 零: 1 },
  periods: {
    早上: 0,
    上午: 0,
    清晨: 0,
    凌晨: 0,
    今早: 0,
    中午: 11,
    下午: 12,
    傍晚: 13,
    晚上: 13,
    今晚: 13,
    夜里: 17,
    半夜: 17,
  },
  named: { 中午: 720, 正午: 720, 半夜: 0, 午夜: 0 },
  minutes: { 一刻: 15, 刻: 15 },
  clock: [
    '{clock}',
    '{hour} (点|时) [整|钟]',
    '{hour} (点|时) {minute} [分]',
    '{hour} (点|时) {sign} {minute} [分]',
    '{hour} (点|时) {offset}',
    '{sign} {minute} [分|分钟] {hour} (点|时)',
  ],
  phrases: ['[在] [{period}] {time} [整]', '[在] {named}'],
  after: ['{duration} (后|以后|之后)', '过 {duration}'],
  together: ['{date} [的] [{period}] {time}', '{date} [的] {named}'],
  delays: [
    '[在] {duration} (后|以后|之后)',
    '过 {duration}',
    '[在] [{day} [的]] [{period}] {time}',
    '[在] {day} [的] {named}',
    '[在] {named}',
  ],
  example: '六点半',
  exampleWithDate: '明天九点',
};
