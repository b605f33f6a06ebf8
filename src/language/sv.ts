import type { LanguageDefinition, Scale } from './language.ts';
import { requests } from './requests/sv.ts';
import { dates, times } from './values/sv.ts';
import { words } from './words.ts';

const small = words(`
  noll, ett, två, tre, fyra, fem, sex, sju, åtta, nio, tio, elva, tolv, tretton, fjorton, femton, sexton, sjutton,
  arton, nitton
`);
const tens = words(', , tjugo, trettio, fyrtio, femtio, sextio, sjuttio, åttio, nittio');

/** Swedish writes a number below a thousand as one word. */
function spell(value: number): string[] {
  if (value === 1) return ['ett', 'en'];
  if (value < 20) return [small[value]!];
  const hundred = Math.floor(value / 100);
  const heads =
    value < 100
      ? [tens[Math.floor(value / 10)]!]
      : hundred === 1
        ? ['etthundra', 'hundra']
        : [`${small[hundred]!}hundra`];
  const rest = value % (value < 100 ? 10 : 100);
  const ends = rest === 0 ? [''] : spell(rest);
  return heads.flatMap((head) => ends.map((end) => `${head}${end}`));
}

const firsts = words(`
  första, andra, tredje, fjärde, femte, sjätte, sjunde, åttonde, nionde, tionde, elfte, tolfte, trettonde, fjortonde,
  femtonde, sextonde, sjuttonde, artonde, nittonde
`);

function ordinal(value: number): string[] {
  if (value === 1000) return ['tusende', 'ettusende'];
  const rest = value % 100;
  const last = rest < 20 ? rest : rest % 10;
  const heads = value === last ? [''] : spell(value - last);
  if (last === 0) return heads.map((head) => (rest === 0 ? `${head}de` : `${head}nde`));
  const ends = last === 1 ? ['första', 'förste'] : last === 2 ? ['andra', 'andre'] : [firsts[last - 1]!];
  return heads.flatMap((head) => ends.map((end) => `${head}${end}`));
}

function parts(count: number): string[] {
  if (count === 2) return ['halv', 'halva', 'halvt', 'hälften'];
  const named = ordinal(count).map((way) => (way.endsWith('de') && count > 6 ? `${way}l` : `${way}del`));
  const all = named.flatMap((way) => [way, `${way}ar`]);
  return count === 4 ? ['kvart', 'kvarts', ...all] : all;
}

const scale = (value: number, one: string): Scale => ({ value, one: [`en ${one}`, one], words: [`${one}er`] });

/** Swedish. */
export const swedish: LanguageDefinition = {
  code: 'sv',
  spell,
  scales: [
    { value: 100, one: [], words: ['hundra'], isJoined: true, counts: (count) => count > 10 && count < 20 },
    { value: 1e3, one: ['ettusen', 'tusen', 'etttusen'], words: ['tusen'], isJoined: true },
    scale(1e6, 'miljon'),
    scale(1e9, 'miljard'),
    scale(1e12, 'biljon'),
  ],
  // Three equal letters in a row become two: "fyrtioettusen".
  spellBefore: (value) => spell(value).flatMap((way) => (way.endsWith('ett') ? [way, way.slice(0, -1)] : [way])),
  scaleLinks: ['och'],
  amounts: { dussin: 12, tjog: 20, tiotal: 10, hundratal: 100 },
  parts,
  ordinal,
  ordinalMarks: ['a', 'e', 'de'],
  ordinalStarts: ['den', 'det', 'de'],
  articles: ['en', 'ett'],
  minus: ['minus'],
  point: ['komma', 'punkt'],
  decimalMarks: [',', '.'],
  groupsDigits: true,
  percent: ['procent'],
  unitSigns: { $: ['dollar'], '€': ['euro'], '£': ['pund'], '¥': ['yen'] },
  percentWords: {
    hälften: 50,
    halv: 50,
    halva: 50,
    full: 100,
    max: 100,
    maximum: 100,
    'en fjärdedel': 25,
    'tre fjärdedelar': 75,
  },
  units: {
    week: ['vecka', 'veckor'],
    day: ['dag', 'dagar', 'dygn'],
    hour: ['timme', 'timmar', 'tim', 'h'],
    minute: ['minut', 'minuter', 'min'],
    second: ['sekund', 'sekunder', 'sek', 's'],
  },
  one: ['en', 'ett'],
  and: ['och'],
  beforeUnit: [
    ['en halv', 0.5],
    ['halv', 0.5],
    ['ett halvt', 0.5],
    ['halvt', 0.5],
    ['ett par', 2],
  ],
  afterNumber: [
    ['och en halv', 0.5],
    ['och ett halvt', 0.5],
  ],
  afterUnit: [
    ['och en halv', 0.5],
    ['och en kvart', 0.25],
  ],
  durations: { kvart: 900, 'en kvart': 900, halvtimme: 1800, 'en halvtimme': 1800, 'tre kvart': 2700 },
  dates,
  times,
  fillers: ['eh', 'öh', 'hm', 'hmm', 'äh'],
  openings: ['hej', 'hallå', 'ok', 'okej', 'så', 'och', 'sen', 'nu'],
  politeStart: ['snälla', 'kan du', 'kan du snälla', 'skulle du kunna', 'vill du', 'var snäll och'],
  politeEnd: ['tack', 'snälla', 'nu', 'är du snäll'],
  weak: words('den, det, de, en, ett, i, på, till, av, min, mitt, mina, nu, och, tack, snälla, så, att'),
  critical: words(`
    inte, ej, aldrig, ingen, inga, nej, på, av, upp, ner, ned, öppna, stäng, lås, höj, sänk, utan, utom, starta,
    stoppa, tänd, släck, alla, allt, mer, mindre, om, varför
  `),
  requests,
  subjects: words('jag, han, hon, vi, ni, man'),
  turning: words(`
    inte, ej, aldrig, ingen, inget, inga, ingenting, om, när, medan, tills, efter, innan, eftersom, utom, utan,
    istället, varför, vem, säger, sa, sade, frågade, senare, imorgon, igår, snart, redan, varje
  `),
  links: ['och', 'sedan', 'sen', 'och sedan', 'och sen'],
  plurals: (word) => [`${word}or`, `${word}ar`, `${word}er`, `${word}n`],
  letterSounds: { å: 'o' },
  gluedUnits: ['tim', 'timmar', 'minuter', 'sekunder', 'dagar'],
  signs: { degree: 'grader', ampersand: 'och', plusSign: 'plus', sharp: 'sharp' },
  dialog: {
    places: [
      words('första, den första, det första, ett, nummer ett, 1'),
      words('andra, den andra, det andra, två, nummer två, 2'),
      words('tredje, den tredje, det tredje, tre, nummer tre, 3'),
    ],
    corrections: words(
      'nej, nej jag menade, jag menade, nej jag menar, jag menar, inte den, inte det, förlåt, snarare',
    ),
    again: words('igen, en gång till, gör det igen, gör om det, upprepa det, samma igen'),
    planned: words('vad är planerat, vad har du planerat, vad finns planerat, visa vad som är planerat'),
    unplan: words('avbryt det, avbryt det där, ställ in det, ta bort det planerade'),
  },
  answers: {
    yes: words('ja, jo, jajamän, visst, javisst, absolut, precis, okej, ok, okay, gör det, kör, gärna, självklart'),
    clearYes: ['ja', 'gör det'],
    no: ['nej', 'inte', 'aldrig', 'fel', 'stopp', 'vänta'],
    cancel: ['avbryt', 'glöm det', 'strunta i det', 'skit samma', 'stopp'],
    courtesy: ['tack', 'snälla'],
  },
  sentences: {
    confirm: (phrase) => `Menade du ”${phrase}”?`,
    expected: (hint) => `Jag väntade mig: ${hint}.`,
    yesOrNo: 'ja eller nej',
    sayYes: 'Säg tydligt ”ja”.',
    tap: 'Bekräfta på skärmen.',
    sayPin: 'Säg eller skriv PIN-koden.',
    wrongPin: 'Det är inte PIN-koden.',
    which: (name) => `Vilket värde: ${name}?`,
    howLong: 'Hur länge?',
    or: 'eller',
    unknownValue: (slot, said) => `Jag känner inte till ”${said}” (${slot}).`,
    say: (values) => `Säg: ${values}.`,
    unknownBeside: (said) => `Det kan jag inte med ”${said}”, så jag gjorde ingenting.`,
    atTime: (time) => `klockan ${time}`,
    tomorrowAt: (time) => `i morgon klockan ${time}`,
    onDayAt: (day, time) => `${day} klockan ${time}`,
    planned: (list) => `Planerat: ${list}.`,
    nothingPlanned: 'Ingenting är planerat.',
    unplanned: (planned) => `Inställt: ${planned}.`,
  },
};
