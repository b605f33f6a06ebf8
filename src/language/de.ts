import type { LanguageDefinition } from './language.ts';
import { stemsOf, words } from './words.ts';

const small = words(`
  null, eins, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn, elf, zwölf, dreizehn, vierzehn, fünfzehn,
  sechzehn, siebzehn, achtzehn, neunzehn
`);
const tens = ['', '', 'zwanzig', 'dreißig', 'vierzig', 'fünfzig', 'sechzig', 'siebzig', 'achtzig', 'neunzig'];

/**
 * German writes a number below a million as one word. With `head`, gives the form that goes in front of another part of
 * the word ("ein", not "eins").
 */
function spell(value: number, head = false): string[] {
  if (value === 1) return head ? ['ein'] : ['eins', 'ein', 'eine', 'einen', 'einer', 'einem'];
  if (value === 2) return head ? ['zwei'] : ['zwei', 'zwo'];
  if (value < 20) return [small[value]!];
  if (value < 100) {
    const one = value % 10;
    return one === 0 ? [tens[value / 10]!] : [`${one === 1 ? 'ein' : small[one]!}und${tens[Math.floor(value / 10)]!}`];
  }
  return value < 1000
    ? withRest(Math.floor(value / 100), 'hundert', value % 100)
    : withRest(Math.floor(value / 1000), 'tausend', value % 1000);
}

function withRest(count: number, unit: string, rest: number): string[] {
  const end = rest === 0 ? '' : spell(rest)[0]!;
  const heads = count === 1 ? [`ein${unit}`, unit] : [`${spell(count, true)[0]!}${unit}`];
  const ways = heads.flatMap((head) =>
    rest > 0 && rest < 100 ? [`${head}${end}`, `${head}und${end}`] : [`${head}${end}`],
  );
  // "Zwölfhundert".
  if (unit === 'tausend' && count === 1 && rest >= 100)
    ways.push(...withRest(10 + Math.floor(rest / 100), 'hundert', rest % 100));
  return ways;
}

/** What a weak verb adds to its stem where somebody did something, or you do it: "machte", "schaltete", "machst". */
const reportEndings = ['te', 'test', 'ten', 'tet', 'ete', 'etest', 'eten', 'etet', 'st'];

/** Returns the imperatives and infinitives that a word would have if it were a weak verb in the past or with "du". */
function reportedVerbs(word: string): string[] {
  return stemsOf(word, reportEndings).flatMap((stem) => [
    stem,
    `${stem}e`,
    `${stem}en`,
    `${stem}n`,
    stem.replace(/el$/, 'le'),
  ]);
}

/** German. */
export const german: LanguageDefinition = {
  code: 'de',
  spell: (value) => spell(value),
  articles: ['ein', 'eine', 'einen', 'einer', 'einem'],
  minus: ['minus'],
  point: ['komma'],
  decimalMarks: [',', '.'],
  percent: ['prozent'],
  percentWords: {
    halb: 50,
    'die hälfte': 50,
    hälfte: 50,
    voll: 100,
    ganz: 100,
    maximal: 100,
    maximum: 100,
    'ein viertel': 25,
    'drei viertel': 75,
    nichts: 0,
  },
  units: {
    hour: ['stunde', 'stunden', 'std', 'h'],
    minute: ['minute', 'minuten', 'min'],
    second: ['sekunde', 'sekunden', 'sek', 's'],
  },
  one: ['eine', 'einer'],
  and: ['und'],
  beforeUnit: [
    ['eine halbe', 0.5],
    ['einer halben', 0.5],
    ['halbe', 0.5],
    ['eine dreiviertel', 0.75],
    ['dreiviertel', 0.75],
    ['eine viertel', 0.25],
    ['viertel', 0.25],
  ],
  halfPast: (whole) =>
    whole === 1
      ? ['eineinhalb', 'anderthalb', 'einundeinhalb']
      : whole > 1 && whole <= 12
        ? [`${spell(whole, true)[0]!}einhalb`]
        : [],
  durations: {
    viertelstunde: 900,
    'eine viertelstunde': 900,
    'einer viertelstunde': 900,
    dreiviertelstunde: 2700,
    'eine dreiviertelstunde': 2700,
    'einer dreiviertelstunde': 2700,
  },
  afterNumber: [['und eine halbe', 0.5]],
  contractions: { "gibt's": 'gibt es', "geht's": 'geht es', "wie's": 'wie es', "mach's": 'mach es' },
  fillers: ['äh', 'ähm', 'öh', 'hm', 'hmm', 'em', 'ehm'],
  openings: ['hey', 'hallo', 'ok', 'okay', 'also', 'so', 'und', 'dann', 'nun'],
  politeStart: words(`
    bitte, kannst du, kannst du bitte, könntest du, könntest du bitte, würdest du, würdest du bitte, können sie,
    können sie bitte
  `),
  politeEnd: ['bitte', 'jetzt', 'mal', 'doch bitte'],
  weak: words(`
    der, die, das, den, dem, des, ein, eine, einen, im, in, auf, zu, mal, bitte, jetzt, und, danke, doch
  `),
  critical: words(`
    nicht, kein, keine, nie, nein, an, aus, auf, zu, ein, hoch, runter, ohne, außer, stopp, start, öffne,
    schließe, alle, mehr, weniger, wenn, warum, schloss, schlossen, fuhr, fuhren, zog, zogen, ließ, ließen, hielt,
    hielten
  `),
  subjects: words(`ich, er, sie, wir, ihr, man`),
  questions: words(`
    was, welche, welcher, welches, wann, wo, wohin, woher, wer, wem, wen, wessen, warum, wieso, weshalb, wie, wieviel,
    ist, sind, war, waren, hat, haben, hatte, wurde, wird
  `),
  reportedVerbs,
  turning: words(`
    nicht, nie, niemals, kein, keine, keinen, niemand, nichts, wenn, falls, sobald, solange, bis, nachdem, bevor,
    während, weil, außer, ohne, statt, anstatt, warum, wieso, wer, ob, sagt, sagte, gesagt, fragte, später,
    morgen, gestern, bald, vorhin, schon, jeden
  `),
  links: ['und', 'dann', 'und dann'],
  plurals: (word) => [`${word}n`, `${word}en`, `${word}s`],
  gluedUnits: ['std', 'stunde', 'stunden', 'minute', 'minuten', 'sek'],
  letterSounds: { ä: 'e', ö: 'e', ü: 'i' },
  answers: {
    yes: words(`
      ja, jo, jawohl, jep, klar, sicher, genau, richtig, gerne, natürlich, ok, okay, in ordnung, mach das, mach es,
      tu das, tu es, bitte
    `),
    clearYes: ['ja', 'jawohl', 'mach das', 'mach es', 'tu das', 'tu es'],
    no: ['nein', 'nee', 'ne', 'nicht', 'nie', 'niemals', 'falsch', 'stopp', 'stop', 'halt', 'warte', 'lass das'],
    cancel: ['abbrechen', 'abbruch', 'brich ab', 'vergiss es', 'egal', 'schon gut', 'stopp', 'stop', 'lass es'],
    courtesy: ['bitte', 'danke'],
  },
  sentences: {
    confirm: (phrase) => `Meinten Sie „${phrase}“?`,
    expected: (hint) => `Erwartet: ${hint}.`,
    yesOrNo: 'ja oder nein',
    sayYes: 'Bitte sagen Sie deutlich „ja“.',
    which: (name) => `Was genau: ${name}?`,
    howLong: 'Wie lange?',
    or: 'oder',
    unknownValue: (slot, said) => `„${said}“ kenne ich nicht (${slot}).`,
    say: (values) => `Möglich: ${values}.`,
    unknownBeside: (said) => `Mit „${said}“ kann ich das nicht, darum habe ich nichts getan.`,
  },
};
