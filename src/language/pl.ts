import type { LanguageDefinition, Scale } from './language.ts';
import { requests } from './requests/pl.ts';
import { dates, times } from './values/pl.ts';
import { words } from './words.ts';

const small = words(`
  zero, jeden, dwa, trzy, cztery, pięć, sześć, siedem, osiem, dziewięć, dziesięć, jedenaście, dwanaście, trzynaście,
  czternaście, piętnaście, szesnaście, siedemnaście, osiemnaście, dziewiętnaście
`);
const tens = words(`
  , , dwadzieścia, trzydzieści, czterdzieści, pięćdziesiąt, sześćdziesiąt, siedemdziesiąt, osiemdziesiąt,
  dziewięćdziesiąt
`);
const hundreds = words(`
  , sto, dwieście, trzysta, czterysta, pięćset, sześćset, siedemset, osiemset, dziewięćset
`);

/** The same after "do" and other words that ask for this case. */
const genitive = {
  small: words(`
    zera, jednego, dwóch, trzech, czterech, pięciu, sześciu, siedmiu, ośmiu, dziewięciu, dziesięciu, jedenastu,
    dwunastu, trzynastu, czternastu, piętnastu, szesnastu, siedemnastu, osiemnastu, dziewiętnastu
  `),
  tens: words(`
    , , dwudziestu, trzydziestu, czterdziestu, pięćdziesięciu, sześćdziesięciu, siedemdziesięciu, osiemdziesięciu,
    dziewięćdziesięciu
  `),
  hundreds: words(`
    , stu, dwustu, trzystu, czterystu, pięciuset, sześciuset, siedmiuset, ośmiuset, dziewięciuset
  `),
};
/** Forms for other genders. */
const others: Readonly<Record<number, string[]>> = { 1: ['jedna', 'jedno', 'jedną', 'jednej'], 2: ['dwie'] };

function spell(value: number): string[] {
  const usual = wayIn({ small, tens, hundreds }, value);
  const rest = value % 100 < 20 ? value % 100 : value % 10;
  const start = usual.slice(0, usual.length - small[rest]!.length);
  const gendered = value > 0 && (value < 20 || rest > 0) ? (others[rest] ?? []).map((end) => `${start}${end}`) : [];
  // In large numbers "jeden" does not change.
  const declined = wayIn(genitive, value);
  return [usual, ...gendered, declined, ...(value > 20 && rest === 1 ? [declined.replace(/jednego$/, 'jeden')] : [])];
}

function wayIn(forms: typeof genitive, value: number): string {
  if (value < 20) return forms.small[value]!;
  const head = value < 100 ? forms.tens[Math.floor(value / 10)]! : forms.hundreds[Math.floor(value / 100)]!;
  const rest = value % (value < 100 ? 10 : 100);
  return rest === 0 ? head : `${head} ${wayIn(forms, rest)}`;
}

const firsts = words(`
  pierwszy, drugi, trzeci, czwarty, piąty, szósty, siódmy, ósmy, dziewiąty, dziesiąty, jedenasty, dwunasty, trzynasty,
  czternasty, piętnasty, szesnasty, siedemnasty, osiemnasty, dziewiętnasty
`);
const ordinalTens = words(`
  dwudziesty, trzydziesty, czterdziesty, pięćdziesiąty, sześćdziesiąty, siedemdziesiąty, osiemdziesiąty,
  dziewięćdziesiąty
`);
const ordinalHundreds = words(`
  setny, dwusetny, trzechsetny, czterechsetny, pięćsetny, sześćsetny, siedemsetny, osiemsetny, dziewięćsetny, tysięczny
`);

/** Of a place in a row, the last ten and one change, and the hundred does if nothing follows it. */
function ordinalStem(value: number): string {
  if (value % 100 === 0) return ordinalHundreds[value / 100 - 1]!;
  if (value > 100) return `${hundreds[Math.floor(value / 100)]!} ${ordinalStem(value % 100)}`;
  if (value < 20) return firsts[value - 1]!;
  const ten = ordinalTens[Math.floor(value / 10) - 2]!;
  return value % 10 === 0 ? ten : `${ten} ${firsts[(value % 10) - 1]!}`;
}

/** Returns a place in a row in its genders and cases. */
function ordinal(value: number): string[] {
  const stem = ordinalStem(value);
  const endings = [
    ['y', 'a', 'e', 'ego', 'ą', 'ej'],
    ['i', 'a', 'ie', 'iego', 'ą', 'iej'],
  ] as const;
  return endings[0].map((hard, i) => stem.replace(/(?:y|i)(?= |$)/g, (end) => (end === 'y' ? hard : endings[1][i]!)));
}

function parts(count: number): string[] {
  if (count === 2) return ['pół', 'połowa', 'połowy', 'połówka'];
  const stem = ordinalStem(count);
  return [
    ...(count === 4 ? ['ćwierć', 'ćwierci'] : []),
    ...['a', 'e', 'ych', 'ą'].map((end) => stem.replace(/[yi]$/, end)),
    stem.replace(/i$/, 'ie'),
    stem.replace(/i$/, 'ich'),
  ];
}

/** Two, three and four take another form than five: "dwa tysiące", "pięć tysięcy". */
function scale(value: number, [one, few, many]: readonly [string, string, string]): Scale {
  return {
    value,
    one: [one, `jeden ${one}`],
    words: [many, few, one],
    usual: (count) => (/(?:^|[^1])[2-4]$/.test(String(count)) ? few : many),
  };
}

/** Polish. */
export const polish: LanguageDefinition = {
  code: 'pl',
  spell,
  scales: [
    scale(1e3, ['tysiąc', 'tysiące', 'tysięcy']),
    scale(1e6, ['milion', 'miliony', 'milionów']),
    scale(1e9, ['miliard', 'miliardy', 'miliardów']),
    scale(1e12, ['bilion', 'biliony', 'bilionów']),
  ],
  shortScales: { tys: 1e3, mln: 1e6, mld: 1e9 },
  amounts: { tuzin: 12, tuziny: 12, tuzinów: 12 },
  parts,
  ordinal,
  ordinalMarks: ['szy', 'gi', 'ci', 'ty', 'ta', 'te'],
  articles: [],
  minus: ['minus'],
  point: ['przecinek', 'kropka'],
  decimalMarks: [',', '.'],
  groupsDigits: true,
  percent: ['procent', 'procenty', 'procenta', 'procentów'],
  unitSigns: {
    $: ['dolarów', 'dolary', 'dolar'],
    '€': ['euro'],
    '£': ['funtów', 'funty', 'funt'],
    '¥': ['jenów', 'jeny', 'jen'],
  },
  percentWords: {
    połowa: 50,
    'do połowy': 50,
    maksimum: 100,
    'na maksa': 100,
    'na maksimum': 100,
    'jedna czwarta': 25,
    'trzy czwarte': 75,
  },
  units: {
    week: ['tydzień', 'tygodnie', 'tygodni', 'tygodnia'],
    day: ['dzień', 'dni', 'dnia', 'doba', 'doby', 'dobę'],
    hour: ['godzina', 'godziny', 'godzin', 'godzinę', 'h'],
    minute: ['minuta', 'minuty', 'minut', 'minutę', 'min'],
    second: ['sekunda', 'sekundy', 'sekund', 'sekundę', 's'],
  },
  one: [],
  and: ['i'],
  beforeUnit: [
    ['pół', 0.5],
    ['ćwierć', 0.25],
    ['kwadrans', 0.25],
  ],
  afterNumber: [
    ['i pół', 0.5],
    ['i ćwierć', 0.25],
  ],
  afterUnit: [
    ['i pół', 0.5],
    ['i ćwierć', 0.25],
  ],
  halfPast: (whole) => (whole === 1 ? ['półtora', 'półtorej'] : []),
  durations: {
    kwadrans: 900,
    godzina: 3600,
    godzinę: 3600,
    minuta: 60,
    minutę: 60,
    dzień: 86_400,
    tydzień: 604_800,
  },
  dates,
  times,
  fillers: ['eee', 'yyy', 'hm', 'hmm', 'no'],
  openings: ['hej', 'cześć', 'ok', 'dobra', 'więc', 'i', 'teraz', 'potem'],
  politeStart: ['proszę', 'czy możesz', 'możesz', 'czy mógłbyś', 'mógłbyś', 'czy mogłabyś', 'mogłabyś'],
  politeEnd: ['proszę', 'teraz'],
  weak: words('w, we, na, do, z, ze, o, u, po, mi, mój, moja, moje, ten, ta, to, te, i, proszę, dzięki, się'),
  critical: words(`
    nie, nigdy, bez, oprócz, poza, włącz, wyłącz, otwórz, zamknij, zapal, zgaś, podnieś, opuść, zwiększ, zmniejsz,
    uruchom, zatrzymaj, start, stop, wszystko, wszystkie, więcej, mniej, jeśli, dlaczego
  `),
  requests,
  subjects: words('ja, on, ona, my, oni, one'),
  turning: words(`
    nie, nigdy, nic, nikt, żaden, żadna, jeśli, jeżeli, gdy, kiedy, dopóki, aż, po, przed, zanim, podczas, ponieważ, bo,
    oprócz, bez, zamiast, dlaczego, kto, czy, mówi, powiedział, powiedziała, zapytał, później, jutro, wczoraj, wkrótce,
    już, jeszcze, każdy
  `),
  links: ['i', 'potem', 'a potem', 'i potem', 'następnie'],
  letterSounds: { ł: 'w', ś: 'sh', ć: 'ch', ź: 'z', ż: 'z', ń: 'n', ą: 'on', ę: 'en', ó: 'u' },
  signs: { degree: 'stopni', ampersand: 'i', plusSign: 'plus', sharp: 'sharp' },
  dialog: {
    places: [
      words('pierwszy, pierwsza, pierwsze, ten pierwszy, ta pierwsza, jeden, numer jeden, 1'),
      words('drugi, druga, drugie, ten drugi, ta druga, dwa, numer dwa, 2'),
      words('trzeci, trzecia, trzecie, ten trzeci, ta trzecia, trzy, numer trzy, 3'),
    ],
    corrections: words(`
      nie, nie chodziło mi o, chodziło mi o, nie miałem na myśli, miałem na myśli, nie miałam na myśli, miałam na myśli,
      nie to, przepraszam, raczej, nie raczej
    `),
    again: words('jeszcze raz, ponownie, znowu, zrób to jeszcze raz, powtórz to, powtórz'),
    planned: words('co jest zaplanowane, co jest w planach, co masz zaplanowane, pokaż co jest zaplanowane'),
    unplan: words('anuluj to, odwołaj to, anuluj zaplanowane, odwołaj zaplanowane'),
  },
  answers: {
    yes: words('tak, jasne, pewnie, oczywiście, dobrze, zgoda, zgadza się, ok, okay, zrób to, dawaj'),
    clearYes: ['tak', 'zrób to'],
    no: ['nie', 'nigdy', 'źle', 'stop', 'czekaj', 'poczekaj'],
    cancel: ['anuluj', 'nieważne', 'zapomnij', 'zostaw', 'daj spokój', 'stop', 'przerwij'],
    courtesy: ['proszę', 'dziękuję', 'dzięki'],
  },
  sentences: {
    confirm: (phrase) => `Czy chodziło o „${phrase}”?`,
    expected: (hint) => `Oczekiwano: ${hint}.`,
    yesOrNo: 'tak lub nie',
    sayYes: 'Proszę wyraźnie powiedzieć „tak”.',
    tap: 'Proszę potwierdzić na ekranie.',
    sayPin: 'Proszę podać lub wpisać PIN.',
    wrongPin: 'To nie jest ten PIN.',
    which: (name) => `Jaka wartość: ${name}?`,
    howLong: 'Jak długo?',
    or: 'lub',
    unknownValue: (slot, said) => `Nie znam „${said}” (${slot}).`,
    say: (values) => `Możliwe: ${values}.`,
    unknownBeside: (said) => `Nie mogę tego zrobić z „${said}”, więc nic nie zrobiono.`,
    atTime: (time) => `o ${time}`,
    tomorrowAt: (time) => `jutro o ${time}`,
    onDayAt: (day, time) => `${day} o ${time}`,
    planned: (list) => `Zaplanowano: ${list}.`,
    nothingPlanned: 'Nic nie jest zaplanowane.',
    unplanned: (planned) => `Odwołano: ${planned}.`,
  },
};
