import type { LanguageDefinition, Scale } from './language.ts';
import { requests } from './requests/nl.ts';
import { dates, times } from './values/nl.ts';
import { words } from './words.ts';

const small = words(`
  nul, een, twee, drie, vier, vijf, zes, zeven, acht, negen, tien, elf, twaalf, dertien, veertien, vijftien, zestien,
  zeventien, achttien, negentien
`);
const tens = words(', , twintig, dertig, veertig, vijftig, zestig, zeventig, tachtig, negentig');

/** Dutch writes a number below a thousand as one word, and a count with "duizend" too. */
function spell(value: number): string[] {
  if (value === 1) return ['een', 'één'];
  if (value < 20) return [small[value]!];
  const one = value % 10;
  if (value < 100) {
    const ten = tens[Math.floor(value / 10)]!;
    return [one === 0 ? ten : `${small[one]!}${/e$/.test(small[one]!) ? 'ën' : 'en'}${ten}`];
  }
  const count = Math.floor(value / 100);
  const head = count === 1 ? ['honderd', 'eenhonderd'] : [`${small[count]!}honderd`];
  const ends = value % 100 === 0 ? [''] : spell(value % 100);
  return head.flatMap((start) => [
    ...ends.map((end) => `${start}${end}`),
    ...(value % 100 === 0 ? [] : ends.flatMap((end) => [`${start}en${end}`])),
  ]);
}

/** The endings of places in a row that do not simply follow their number. */
const ordinalEnds: readonly [RegExp, string][] = [
  [/een$/, 'eerste'],
  [/één$/, 'eerste'],
  [/drie$/, 'derde'],
  [/acht$/, 'achtste'],
  [/(?:twee|vier|vijf|zes|zeven|negen|tien|elf|twaalf)$/, '$&de'],
];

function ordinal(value: number): string[] {
  const ways = value === 1000 ? ['duizend', 'eenduizend'] : spell(value);
  return ways.flatMap((way) => {
    const [from, to] = ordinalEnds.find(([end]) => end.test(way)) ?? [/$/, 'ste'];
    return [way.replace(from, to)];
  });
}

function parts(count: number): string[] {
  if (count === 2) return ['half', 'halve', 'helft', 'halven'];
  return [...(count === 4 ? ['kwart'] : []), ...ordinal(count)];
}

const scale = (value: number, name: string): Scale => ({
  value,
  one: [`een ${name}`, `één ${name}`, name],
  words: [name],
});

/** Dutch. */
export const dutch: LanguageDefinition = {
  code: 'nl',
  spell,
  scales: [
    {
      value: 100,
      one: [],
      words: ['honderd'],
      isJoined: true,
      counts: (count) => count > 10 && count < 100 && count % 10 > 0,
    },
    { value: 1e3, one: ['duizend', 'eenduizend'], words: ['duizend'], isJoined: true },
    scale(1e6, 'miljoen'),
    scale(1e9, 'miljard'),
    scale(1e12, 'biljoen'),
  ],
  scaleLinks: ['en'],
  amounts: { dozijn: 12, dozijnen: 12, tiental: 10, twintigtal: 20, honderdtal: 100 },
  parts,
  ordinal,
  ordinalMarks: ['e', 'de', 'ste'],
  ordinalStarts: ['de', 'het'],
  articles: ['een'],
  minus: ['min', 'minus'],
  point: ['komma', 'punt'],
  decimalMarks: [',', '.'],
  percent: ['procent'],
  unitSigns: { $: ['dollar', 'dollars'], '€': ['euro', "euro's"], '£': ['pond'], '¥': ['yen'] },
  percentWords: {
    'de helft': 50,
    helft: 50,
    half: 50,
    vol: 100,
    maximaal: 100,
    maximum: 100,
    'een kwart': 25,
    'drie kwart': 75,
    driekwart: 75,
    niets: 0,
  },
  units: {
    week: ['week', 'weken'],
    day: ['dag', 'dagen'],
    hour: ['uur', 'uren', 'u'],
    minute: ['minuut', 'minuten', 'min'],
    second: ['seconde', 'seconden', 'sec', 's'],
  },
  one: ['een'],
  and: ['en'],
  beforeUnit: [
    ['een half', 0.5],
    ['half', 0.5],
    ['een halve', 0.5],
    ['halve', 0.5],
    ['een kwart', 0.25],
    ['drie kwart', 0.75],
    ['driekwart', 0.75],
  ],
  afterNumber: [
    ['en een half', 0.5],
    ['en een halve', 0.5],
  ],
  afterUnit: [
    ['en een half', 0.5],
    ['en een kwart', 0.25],
  ],
  halfPast: (whole) =>
    whole === 1 ? ['anderhalf', 'anderhalve'] : whole > 1 && whole <= 12 ? [`${small[whole]!}eneenhalf`] : [],
  durations: {
    kwartier: 900,
    'een kwartier': 900,
    'half uurtje': 1800,
    'een half uurtje': 1800,
    halfuur: 1800,
    'een halfuur': 1800,
    'drie kwartier': 2700,
    'een uurtje': 3600,
  },
  dates,
  times,
  fillers: ['eh', 'ehm', 'uh', 'uhm', 'hm', 'hmm'],
  openings: ['hé', 'hey', 'hallo', 'oké', 'ok', 'nou', 'dus', 'en', 'dan'],
  politeStart: words(`
    alsjeblieft, kun je, kan je, kunt u, zou je, zou u, wil je, wilt u, kun je alsjeblieft
  `),
  politeEnd: ['alsjeblieft', 'alstublieft', 'graag', 'nu', 'even'],
  weak: words(
    'de, het, een, der, den, van, in, op, naar, te, om, mijn, m, nu, even, eens, maar, alsjeblieft, en, dank',
  ),
  critical: words(`
    niet, geen, nooit, nee, aan, uit, af, op, open, dicht, omhoog, omlaag, hoger, lager, zonder, behalve, stop, start,
    sluit, alle, alles, meer, minder, als, waarom
  `),
  requests,
  subjects: words('ik, jij, hij, zij, wij, ze, we, men'),
  turning: words(`
    niet, nooit, geen, niemand, niets, als, indien, zodra, zolang, tot, totdat, nadat, voordat, terwijl, omdat,
    behalve, zonder, plaats, waarom, wie, of, zegt, zei, gezegd, vroeg, later, morgen, gisteren, straks, al, elke
  `),
  links: ['en', 'dan', 'en dan', 'daarna'],
  plurals: (word) => [`${word}en`, `${word}s`, `${word}n`],
  gluedUnits: ['uur', 'minuten', 'minuut', 'seconden', 'dagen'],
  signs: { degree: 'graden', ampersand: 'en', plusSign: 'plus', sharp: 'sharp' },
  dialog: {
    places: [
      words('eerste, de eerste, het eerste, een, nummer een, 1'),
      words('tweede, de tweede, het tweede, twee, nummer twee, 2'),
      words('derde, de derde, het derde, drie, nummer drie, 3'),
    ],
    corrections: words(`
      nee, nee ik bedoelde, ik bedoelde, nee ik bedoel, ik bedoel, niet die, niet dat, sorry, toch liever, nee liever
    `),
    again: words('nog een keer, nog eens, opnieuw, doe dat nog een keer, doe het nog een keer, herhaal dat'),
    planned: words('wat is er gepland, wat staat er gepland, wat heb je gepland, laat zien wat er gepland is'),
    unplan: words('annuleer dat, annuleer de planning, zeg dat af, blaas dat af'),
  },
  answers: {
    yes: words(`
      ja, jawel, jazeker, zeker, natuurlijk, goed, prima, juist, klopt, ok, oké, okay, doe maar, doe het, graag
    `),
    clearYes: ['ja', 'jazeker', 'doe maar', 'doe het'],
    no: ['nee', 'niet', 'nooit', 'fout', 'verkeerd', 'stop', 'wacht', 'liever niet'],
    cancel: ['annuleer', 'annuleren', 'laat maar', 'vergeet het', 'maakt niet uit', 'stop', 'afbreken'],
    courtesy: ['alsjeblieft', 'alstublieft', 'dank', 'bedankt', 'je', 'u'],
  },
  sentences: {
    confirm: (phrase) => `Bedoelde u “${phrase}”?`,
    expected: (hint) => `Ik verwachtte: ${hint}.`,
    yesOrNo: 'ja of nee',
    sayYes: 'Zeg alstublieft duidelijk “ja”.',
    tap: 'Bevestig dit op het scherm.',
    sayPin: 'Zeg of typ de pincode.',
    wrongPin: 'Dat is niet de pincode.',
    which: (name) => `Welke waarde: ${name}?`,
    howLong: 'Hoe lang?',
    or: 'of',
    unknownValue: (slot, said) => `“${said}” ken ik niet (${slot}).`,
    say: (values) => `Mogelijk: ${values}.`,
    unknownBeside: (said) => `Met “${said}” kan ik dat niet, dus heb ik niets gedaan.`,
    atTime: (time) => `om ${time}`,
    tomorrowAt: (time) => `morgen om ${time}`,
    onDayAt: (day, time) => `op ${day} om ${time}`,
    planned: (list) => `Gepland: ${list}.`,
    nothingPlanned: 'Er is niets gepland.',
    unplanned: (planned) => `Geannuleerd: ${planned}.`,
  },
};
