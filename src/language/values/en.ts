import type { DateWords, TimeWords } from '../value-words.ts';
import { words } from '../words.ts';

const ordinals = words(`
  first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth, thirteenth,
  fourteenth, fifteenth, sixteenth, seventeenth, eighteenth, nineteenth, twentieth
`);
const ends = ['st', 'nd', 'rd'];

function ordinal(day: number): string[] {
  const end = day > 10 && day < 14 ? 'th' : (ends[(day % 10) - 1] ?? 'th');
  const word = day <= 20 ? ordinals[day - 1]! : day === 30 ? 'thirtieth' : '';
  return [word || `${day > 30 ? 'thirty' : 'twenty'} ${ordinals[(day % 10) - 1]!}`, `${day}${end}`];
}

const tens = ['', 'ten', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const small = words(`
  zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen,
  sixteen, seventeen, eighteen, nineteen
`);

function pair(value: number): string {
  if (value < 20) return small[value]!;
  return value % 10 === 0 ? tens[value / 10]! : `${tens[Math.floor(value / 10)]!} ${small[value % 10]!}`;
}

/** "Nineteen eighty four", "twenty oh five". */
function spellYear(year: number): string[] {
  const rest = year % 100;
  if (year < 1100 || year > 2099 || rest === 0) return [];
  const century = pair(Math.floor(year / 100));
  return rest < 10 ? [`${century} oh ${pair(rest)}`] : [`${century} ${pair(rest)}`];
}

export const dates: DateWords = {
  months: [
    ['january', 'jan'],
    ['february', 'feb'],
    ['march', 'mar'],
    ['april', 'apr'],
    ['may'],
    ['june', 'jun'],
    ['july', 'jul'],
    ['august', 'aug'],
    ['september', 'sep', 'sept'],
    ['october', 'oct'],
    ['november', 'nov'],
    ['december', 'dec'],
  ],
  weekdays: [
    ['monday', 'mon'],
    ['tuesday', 'tue', 'tues'],
    ['wednesday', 'wed', 'weds'],
    ['thursday', 'thu', 'thur', 'thurs'],
    ['friday', 'fri'],
    ['saturday', 'sat'],
    ['sunday', 'sun'],
  ],
  ordinal,
  spellYear,
  relative: {
    today: 0,
    'the day': 0,
    'my day': 0,
    tonight: 0,
    tomorrow: 1,
    tmrw: 1,
    yesterday: -1,
    'the day after tomorrow': 2,
    'day after tomorrow': 2,
    'the day after tmrw': 2,
    'the day before yesterday': -2,
    'day before yesterday': -2,
  },
  shifts: {
    this: 0,
    'this coming': 0,
    coming: 0,
    upcoming: 0,
    current: 0,
    next: 1,
    following: 1,
    'this past': -1,
    last: -1,
    past: -1,
    previous: -1,
  },
  units: {
    day: ['day', 'days'],
    week: ['week', 'weeks'],
    month: ['month', 'months'],
    year: ['year', 'years'],
  },
  few: { 'a few': 3, few: 3, several: 3, 'a couple of': 2, 'a couple': 2, 'couple of': 2 },
  ago: ['ago', 'before', 'earlier'],
  lastOf: ['last'],
  monthFirst: true,
  phrases: [
    '{relative}',
    '[on] {weekday}',
    '[on] [the] {shift} {weekday}',
    '[on] {weekday} [of] {shift} {weeks}',
    '{shift} {weeks} [on] {weekday}',
    '[the] {shift} {days}',
    '[on] [{weekday}] [the] {day} [of] {month} [[of] {year}]',
    '[on] [{weekday}] {month} [the] {day} [[of] {year}]',
    '{year} {month} {day}',
    '[on|for] [the] {day}',
    '[on] {weekday} [the] {day}',
    '[on] [the] {day} of {shift} {months}',
    '[on] [the] {nth} {weekday} [(of|in) ({month} [{year}]|[the] {shift} {months})]',
    '(in|after) {span}',
    '{span} ({ago}|from now|later|hence)',
    '{span} (from|after|{ago}) {base}',
    '{base} in {span}',
    '{count} {weekdays} (later|from now)',
    '[on] [{weekday}] {numeric}',
  ],
  example: 'tomorrow',
};

export const times: TimeWords = {
  offsets: {
    half: 30,
    'half past': 30,
    'a half past': 30,
    'quarter past': 15,
    'a quarter past': 15,
    'quarter after': 15,
    'a quarter after': 15,
    'quarter to': -15,
    'a quarter to': -15,
    'quarter till': -15,
    'quarter of': -15,
    'a quarter of': -15,
    'three quarters past': 45,
    'three quarter past': 45,
  },
  sides: { past: 1, after: 1, to: -1, till: -1, before: -1 },
  signs: {},
  periods: {
    am: 0,
    'a m': 0,
    'in the morning': 0,
    'this morning': 0,
    morning: 0,
    pm: 12,
    'p m': 12,
    'in the afternoon': 12,
    'this afternoon': 12,
    afternoon: 12,
    'in the evening': 13,
    'this evening': 13,
    evening: 13,
    'at night': 17,
    'in the night': 17,
    'at the night': 17,
    'late at night': 17,
    'early in the morning': 0,
    'in the early morning': 0,
    tonight: 17,
    night: 17,
    noon: 11,
    midday: 11,
    lunchtime: 11,
    'lunch time': 11,
    'at noon': 11,
    midnight: 23,
    'at midnight': 23,
  },
  named: {
    noon: 720,
    midday: 720,
    'mid day': 720,
    midnight: 0,
    'mid night': 0,
    midmorning: 600,
    'mid morning': 600,
    midafternoon: 840,
    'mid afternoon': 840,
    lunchtime: 720,
    'lunch time': 720,
    noonish: 720,
    'noon ish': 720,
    'noon time': 720,
    'the middle of the night': 0,
  },
  spellMinute: (minute) => (minute < 10 ? [`oh ${small[minute]!}`] : []),
  clock: [
    '{clock}',
    "{hour} [o'clock|o clock]",
    '{hour} {minute}',
    '{hour} and {minute} (minutes|mins)',
    "{offset} ({hour} [o'clock|o clock]|{base})",
    "{minute} [minute|minutes|min|mins] {side} ({hour} [o'clock|o clock]|{base})",
    '{hour} h [{minute}]',
    '{hour} hundred hours',
  ],
  phrases: [
    '[at|about|around|by] {time} [ish] [{period}]',
    '[at|about|around|by] {compact} {period}',
    '[in the|this] {period} [at|about|around] ({time}|{named}) [{period}]',
    '[at|around|about|by|in the] [12] {named}',
  ],
  after: ['in {duration}', '{duration} from now'],
  together: ['{date} [[in the] {period}] [at|around|by] {time}', '{time} [on] {date}'],
  example: 'half past six',
  exampleWithDate: 'tomorrow at nine',
};
