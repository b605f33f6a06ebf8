import type { DateWords, TimeWords } from '../value-words.ts';
import { words } from '../words.ts';

const stems = words(`
  erst, zweit, dritt, viert, fünft, sechst, siebt, acht, neunt, zehnt, elft, zwölft, dreizehnt, vierzehnt,
  fünfzehnt, sechzehnt, siebzehnt, achtzehnt, neunzehnt, zwanzigst, einundzwanzigst, zweiundzwanzigst,
  dreiundzwanzigst, vierundzwanzigst, fünfundzwanzigst, sechsundzwanzigst, siebenundzwanzigst, achtundzwanzigst,
  neunundzwanzigst, dreißigst, einunddreißigst
`);

function ordinal(day: number): string[] {
  return ['en', 'er', 'e', 'es', 'em'].map((end) => stems[day - 1]! + end);
}

/** "Nächster", "nächsten", "nächste" … */
function declined(stem: string, shift: number): Record<string, number> {
  return Object.fromEntries(['en', 'er', 'e', 'es', 'em'].map((end) => [stem + end, shift]));
}

/** Months are also counted: "am dritten zwölften". */
const months = [
  ['januar', 'jan', 'jänner'],
  ['februar', 'feb', 'feber'],
  ['märz', 'mär', 'mrz'],
  ['april', 'apr'],
  ['mai'],
  ['juni', 'jun', 'juno'],
  ['juli', 'jul'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['oktober', 'okt'],
  ['november', 'nov'],
  ['dezember', 'dez'],
].map((names, i) => [...names, `${stems[i]!}en`, `${stems[i]!}er`]);

export const dates: DateWords = {
  months,
  weekdays: [
    ['montag', 'mo'],
    ['dienstag', 'di'],
    ['mittwoch', 'mi'],
    ['donnerstag', 'do'],
    ['freitag', 'fr'],
    ['samstag', 'sa', 'sonnabend'],
    ['sonntag', 'so'],
  ],
  ordinal,
  relative: {
    heute: 0,
    'der tag': 0,
    'heute abend': 0,
    morgen: 1,
    übermorgen: 2,
    'über morgen': 2,
    gestern: -1,
    vorgestern: -2,
  },
  shifts: {
    ...declined('dies', 0),
    ...declined('kommend', 0),
    ...declined('nächst', 1),
    ...declined('übernächst', 2),
    ...declined('letzt', -1),
    ...declined('vergangen', -1),
    ...declined('vorig', -1),
    ...declined('vorletzt', -2),
  },
  units: {
    day: ['tag', 'tage', 'tagen'],
    week: ['woche', 'wochen'],
    month: ['monat', 'monate', 'monaten', 'monats'],
    year: ['jahr', 'jahre', 'jahren'],
  },
  few: { 'ein paar': 3, einige: 3, einigen: 3, wenige: 3, wenigen: 3 },
  ago: ['vor'],
  lastOf: ['letzte', 'letzter', 'letzten'],
  monthFirst: false,
  phrases: [
    '{relative}',
    '[am] {weekday}',
    '[am|an diesem|den|der] {shift} {weekday}',
    '[am] {weekday} [in|der] {shift} {weeks}',
    '[in|der] {shift} {weeks} [am] {weekday}',
    '[am|der|den] {shift} {days}',
    '[am] [{weekday}] [den|der|dem] {day} {month} [{year}]',
    '[am|der|den|zum] {day}',
    '[am] {weekday} [den|der|dem] {day}',
    '[am|den|der] {day} [des] {shift} {months}',
    '[am|der|den] {nth} {weekday} [(im|in|des) ({month} [{year}]|{shift} {months})]',
    '[am|der|den] {nth} {weekday} {shift} {months}',
    'in {span}',
    '{ago} {span}',
    '{span} (nach|ab|{ago}) {base}',
    '{base} (in|vor) {span}',
    '{base} {ago} {span}',
    'in {count} {weekdays}',
    '[am] [{weekday}] [den|der|dem] {numeric}',
  ],
  example: 'morgen',
};

export const times: TimeWords = {
  offsets: {
    halb: -30,
    'viertel vor': -15,
    'viertel nach': 15,
    'ein viertel vor': -15,
    'ein viertel nach': 15,
    viertel: -45,
    dreiviertel: -15,
    'drei viertel': -15,
    'fünf vor halb': -35,
    'fünf nach halb': -25,
    'zehn vor halb': -40,
    'zehn nach halb': -20,
  },
  sides: { nach: 1, vor: -1 },
  signs: {},
  periods: {
    am: 0,
    pm: 12,
    morgens: 0,
    'am morgen': 0,
    früh: 0,
    'in der früh': 0,
    vormittags: 0,
    vormittag: 0,
    'am vormittag': 0,
    mittags: 11,
    'am mittag': 11,
    mittag: 11,
    nachmittags: 12,
    nachmittag: 12,
    'am nachmittag': 12,
    abends: 13,
    abend: 13,
    'am abend': 13,
    'heute abend': 13,
    'heute nachmittag': 12,
    'heute vormittag': 0,
    'heute nacht': 17,
    nachts: 17,
    'in der nacht': 17,
  },
  named: { mittag: 720, 'am mittag': 720, mittags: 720, 'zwölf uhr mittags': 720, mitternacht: 0 },
  mark: '.',
  clock: [
    '{clock} [uhr]',
    '{hour} [uhr]',
    '{hour} uhr [und] {minute} [minuten]',
    '{hour} {minute}',
    '{hour} uhr [und] {minute} [minuten] [und] {second} sekunden',
    '{hour} h [{minute}] [uhr]',
    '{offset} {hour} [uhr]',
    '{minute} [minuten|min] {side} ({hour} [uhr]|{base})',
  ],
  phrases: [
    '[um|gegen|ab|etwa um|bis] [punkt|kurz] {time} [{period}]',
    '[um] {compact} uhr',
    '[am] {period} [um|gegen|ab] {time} [{period}]',
    '[um|gegen|zu] {named}',
  ],
  after: ['in {duration}'],
  together: ['{date} [{period}|morgen] [um|gegen|ab|bis] {time}', '{time} {date}'],
  example: 'halb sieben',
  exampleWithDate: 'morgen um neun',
};
