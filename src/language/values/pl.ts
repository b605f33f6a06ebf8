import type { ByPhrase, DateWords, TimeWords } from '../value-words.ts';
import { words } from '../words.ts';

/** The hours are said as places in a row: "pierwsza" is one o'clock. */
const hourStems = words(`
  zerow, pierwsz, drug, trzec, czwart, piąt, szóst, siódm, ósm, dziewiąt, dziesiąt, jedenast, dwunast, trzynast,
  czternast, piętnast, szesnast, siedemnast, osiemnast, dziewiętnast, dwudziest, dwudziest pierwsz, dwudziest drug,
  dwudziest trzec, dwudziest czwart
`);

/** "Szósta", "o szóstej", "na szóstą". */
function hourWords(): ByPhrase {
  const endings = ['a', 'ej', 'ą'];
  return Object.fromEntries(
    hourStems.flatMap((stem, hour) =>
      endings.map((ending): [string, number] => [
        stem
          .split(' ')
          .map((part) => withEnding(part, ending))
          .join(' '),
        hour,
      ]),
    ),
  );
}

/** "Druga" and "trzecia" are soft: "drugiej", "trzeciej". */
function withEnding(stem: string, ending: string): string {
  if (stem === 'drug') return ending === 'ej' ? 'drugiej' : stem + ending;
  if (stem === 'trzec') return `trzeci${ending}`;
  return stem + ending;
}

export const dates: DateWords = {
  months: [
    ['styczeń', 'stycznia', 'styczniu', 'sty'],
    ['luty', 'lutego', 'lutym', 'lut'],
    ['marzec', 'marca', 'marcu', 'mar'],
    ['kwiecień', 'kwietnia', 'kwietniu', 'kwi'],
    ['maj', 'maja', 'maju'],
    ['czerwiec', 'czerwca', 'czerwcu', 'cze'],
    ['lipiec', 'lipca', 'lipcu', 'lip'],
    ['sierpień', 'sierpnia', 'sierpniu', 'sie'],
    ['wrzesień', 'września', 'wrześniu', 'wrz'],
    ['październik', 'października', 'październiku', 'paź'],
    ['listopad', 'listopada', 'listopadzie', 'lis'],
    ['grudzień', 'grudnia', 'grudniu', 'gru'],
  ],
  weekdays: [
    ['poniedziałek', 'poniedziałku', 'pon'],
    ['wtorek', 'wtorku', 'wt'],
    ['środa', 'środę', 'środy', 'śr'],
    ['czwartek', 'czwartku', 'czw'],
    ['piątek', 'piątku', 'pt'],
    ['sobota', 'sobotę', 'soboty', 'sob'],
    ['niedziela', 'niedzielę', 'niedzieli', 'niedz'],
  ],
  relative: { dzisiaj: 0, dziś: 0, 'dziś wieczorem': 0, jutro: 1, pojutrze: 2, wczoraj: -1, przedwczoraj: -2 },
  shifts: {
    ten: 0,
    ta: 0,
    tę: 0,
    'w tym': 0,
    najbliższy: 0,
    najbliższą: 0,
    następny: 1,
    następną: 1,
    następnym: 1,
    przyszły: 1,
    przyszłą: 1,
    przyszłym: 1,
    przyszłego: 1,
    zeszły: -1,
    zeszłą: -1,
    zeszłym: -1,
    ostatni: -1,
    ostatnią: -1,
  },
  units: {
    day: ['dzień', 'dni', 'dnia'],
    week: ['tydzień', 'tygodnie', 'tygodni', 'tygodniu', 'tygodnia'],
    month: ['miesiąc', 'miesiące', 'miesięcy', 'miesiącu', 'miesiąca'],
    year: ['rok', 'lata', 'lat', 'roku'],
  },
  few: { kilka: 3, parę: 2 },
  ago: ['temu'],
  lastOf: ['ostatni', 'ostatnia', 'ostatnią'],
  monthFirst: false,
  phrases: [
    '{relative}',
    '[w|we] {weekday}',
    '[w|we] {shift} {weekday}',
    '[w|we] {weekday} [w] {shift} {weeks}',
    '[w|we] [{weekday}] [dnia] {day} {month} [{year} [roku]]',
    '[w|we] {weekday} {day}',
    'dnia {day}',
    '[w|we] {nth} {weekday} [{month} [{year}]]',
    'za ({span}|{weeks}|{months})',
    '{span} {ago}',
    '{span} (po|od) {base}',
    '[w|we] [{weekday}] {numeric}',
  ],
  example: 'jutro',
};

export const times: TimeWords = {
  offsets: { 'wpół do': -30, 'kwadrans po': 15, 'za kwadrans': -15, 'pięć po wpół do': -25, 'za pięć wpół do': -35 },
  sides: { po: 1 },
  signs: { za: -1 },
  periods: {
    rano: 0,
    'z rana': 0,
    'nad ranem': 0,
    'przed południem': 0,
    'po południu': 12,
    wieczorem: 13,
    'dziś wieczorem': 13,
    'dzisiaj wieczorem': 13,
    'w nocy': 17,
    'dziś w nocy': 17,
  },
  named: { południe: 720, północ: 0, północy: 0 },
  hours: hourWords(),
  clock: [
    '{clock}',
    '{hour}',
    '{hour} {minute}',
    '{hour} zero {minute}',
    '{offset} {hour}',
    '{sign} {minute} [minut|minuty] {hour}',
    '{minute} [minut|minuty] {side} {hour}',
  ],
  phrases: [
    '[o|około|koło|na|przed] [godzinie|godziny|godzina|godzinę] {time} [{period}]',
    '{period} [o|około] [godzinie] {time} [{period}]',
    '[w|o] {named}',
  ],
  after: ['za {duration}'],
  together: ['{date} [{period}] [o|około] [godzinie] {time}', '{date} (w|o) {named}', '{time} {date}'],
  delays: [
    'za {duration}',
    '{period} o [godzinie] {time}',
    '[w|we] {day} [{period}] (o [godzinie] {time}|(w|o) {named}) [{period}]',
    '(o [godzinie] {time}|{past}|(w|o) {named}) [{period}] [[w|we] {day} [{period}]]',
  ],
  example: 'wpół do siódmej',
  exampleWithDate: 'jutro o dziewiątej',
};
