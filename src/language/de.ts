import type { LanguageDefinition } from './language.ts';
import { dates, times } from './values/de.ts';
import { things } from './values/things/de.ts';
import { requests } from './requests/de.ts';
import { stemsOf, words } from './words.ts';

const small = words(`
  null, eins, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn, elf, zwölf, dreizehn, vierzehn, fünfzehn,
  sechzehn, siebzehn, achtzehn, neunzehn
`);
const tens = ['', '', 'zwanzig', 'dreißig', 'vierzig', 'fünfzig', 'sechzig', 'siebzig', 'achtzig', 'neunzig'];

const ones = ['eins', 'ein', 'eine', 'einen', 'einer', 'einem', 'eines'];

/** German writes a number below a million as one word. */
function spell(value: number): string[] {
  if (value === 1) return ones;
  if (value === 2) return ['zwei', 'zwo'];
  if (value < 20) return [small[value]!];
  const one = value % 10;
  if (value < 100)
    return [`${one === 0 ? '' : `${one === 1 ? 'ein' : small[one]!}und`}${tens[Math.floor(value / 10)]!}`];
  const count = Math.floor(value / 100);
  const heads = count === 1 ? ['einhundert', 'hundert'] : [`${small[count]!}hundert`];
  const ends = value % 100 === 0 ? [''] : spell(value % 100);
  return heads.flatMap((head) => [
    ...ends.map((end) => `${head}${end}`),
    ...(value % 100 === 0 ? [] : ends.map((end) => `${head}und${end}`)),
  ]);
}

/** Returns the forms that go in front of another part: "ein", not "eins". */
function spellBefore(value: number): string[] {
  return spell(value).map((way) => way.replace(/eins$/, 'ein'));
}

/** The ordinals that are not the number with "te" or, from twenty on, "ste". */
const ordinals: Readonly<Record<number, string[]>> = {
  1: ['erst'],
  3: ['dritt'],
  7: ['siebt', 'siebent'],
  8: ['acht'],
};

/** Returns a place in a row without its ending: "dritt". */
function ordinalStems(value: number): string[] {
  const rest = value % 100;
  if (value === 1000) return ['tausendst', 'eintausendst'];
  if (rest === 0 || rest >= 20) return spell(value).map((way) => `${way}st`);
  const ends = ordinals[rest] ?? [`${small[rest]!}t`];
  const heads = value < 100 ? [''] : spell(value - rest);
  return heads.flatMap((head) => ends.flatMap((end) => (head === '' ? [end] : [`${head}${end}`, `${head}und${end}`])));
}

function ordinal(value: number): string[] {
  return ordinalStems(value).flatMap((stem) => ['e', 'er', 'es', 'en', 'em'].map((ending) => `${stem}${ending}`));
}

function parts(count: number): string[] {
  if (count === 2) return ['halb', 'halbe', 'halber', 'halbes', 'halben', 'hälfte', 'hälften'];
  return ordinalStems(count).flatMap((stem) => [`${stem}el`, `${stem}eln`]);
}

/** What a weak verb adds to its stem where somebody did something, or you do it: "machte", "schaltete", "machst". */
const reportEndings = ['te', 'test', 'ten', 'tet', 'ete', 'etest', 'eten', 'etet', 'st'];

/** Returns the imperatives and infinitives that a word would have if it were a weak verb in the past or with "du". */
function reportedVerbs(word: string): string[] {
  const stems = stemsOf(
    word,
    reportEndings.filter((ending) => ending.startsWith('e')),
  );
  // "Starten" has "startete", and no "startte".
  const others = stemsOf(
    word,
    reportEndings.filter((ending) => !ending.startsWith('e')),
  );
  return [...stems, ...others.filter((stem) => !/[dt]$/.test(stem))].flatMap((stem) => [
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
  dates,
  times,
  things,
  spell,
  scales: [
    { value: 100, one: [], words: ['hundert'], isJoined: true, counts: (count) => count > 10 && count < 20 },
    { value: 1e3, one: ['eintausend', 'tausend'], words: ['tausend'], isJoined: true },
    { value: 1e6, one: ['eine million', 'eine mio', 'million'], words: ['millionen', 'million', 'mio'] },
    { value: 1e9, one: ['eine milliarde', 'milliarde'], words: ['milliarden', 'milliarde', 'mrd'] },
    { value: 1e12, one: ['eine billion', 'billion'], words: ['billionen', 'billion'] },
  ],
  spellBefore,
  scaleLinks: ['und'],
  shortScales: { mio: 1e6, mrd: 1e9 },
  amounts: { dutzend: 12, dutzende: 12 },
  over: ['durch', 'von'],
  digraphs: { ö: 'oe', ü: 'ue' },
  parts,
  ordinal,
  ordinalMarks: ['te', 'ter', 'tes', 'ten', 'tem', 'ste', 'ster', 'stes', 'sten', 'stem'],
  ordinalStarts: ['der', 'die', 'das', 'den', 'dem', 'des'],
  articles: ['ein', 'eine', 'einen', 'einer', 'einem', 'eines'],
  minus: ['minus', 'negativ'],
  point: ['komma'],
  decimalMarks: [',', '.'],
  percent: ['prozent'],
  unitSigns: { $: ['dollar'], '€': ['euro', 'euros'], '£': ['pfund'], '¥': ['yen'] },
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
    week: ['woche', 'wochen'],
    day: ['tag', 'tage', 'tagen'],
    hour: ['stunde', 'stunden', 'std', 'h'],
    minute: ['minute', 'minuten', 'min'],
    second: ['sekunde', 'sekunden', 'sek', 's'],
  },
  one: ['eine', 'einer', 'ein', 'einen', 'einem'],
  and: ['und'],
  beforeUnit: [
    ['eine halbe', 0.5],
    ['einer halben', 0.5],
    ['halbe', 0.5],
    ['halben', 0.5],
    ['einen halben', 0.5],
    ['halber', 0.5],
    ['halbes', 0.5],
    ['ein halbes', 0.5],
    ['eine dreiviertel', 0.75],
    ['dreiviertel', 0.75],
    ['eine viertel', 0.25],
    ['viertel', 0.25],
  ],
  halfPast: (whole) =>
    whole === 1
      ? ['eineinhalb', 'anderthalb', 'einundeinhalb', 'einundhalb']
      : whole > 1 && whole <= 12
        ? [`${small[whole]!}einhalb`, `${small[whole]!}undeinhalb`]
        : [],
  durations: {
    viertelstunde: 900,
    'eine viertelstunde': 900,
    'einer viertelstunde': 900,
    dreiviertelstunde: 2700,
    'eine dreiviertelstunde': 2700,
    'einer dreiviertelstunde': 2700,
    'ganzer tag': 86_400,
    'ganzen tag': 86_400,
    'den ganzen tag': 86_400,
    'einen ganzen tag': 86_400,
    'ganze woche': 604_800,
    'die ganze woche': 604_800,
    'eine ganze woche': 604_800,
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
    nicht, kein, keine, nie, nein, an, aus, auf, zu, ein, hoch, runter, ohne, außer, stopp, start, öffne, schließe,
    alle, aller, sämtliche, sämtlicher, mehr, weniger, wenn, warum, schloss, schlossen, fuhr, fuhren, zog, zogen,
    ließ, ließen, hielt, hielten
  `),
  directions: words(`
    links, rechts, linke, linken, rechte, rechten, erste, ersten, erster, erstes, letzte, letzten, letzter, letztes,
    nächste, nächsten, nächster, nächstes, vorherige, vorherigen, vorheriger, vorheriges, voriges, vorige, vorigen,
    früher, später, lauter, leiser, heller, dunkler, wärmer, kälter, schneller, langsamer, höher, tiefer, niedriger,
    größer, kleiner, länger, kürzer, maximal, minimal, maximum, minimum, oben, unten, obere, untere, oberen,
    unteren, innen, außen, drinnen, draußen, vorwärts, rückwärts, vor, zurück, vorne, hinten, norden, süden, osten,
    westen, morgens, abends, mittags, heute, morgen, gestern, vorher, nachher, über, unter, montag, dienstag,
    mittwoch, donnerstag, freitag, samstag, sonnabend, sonntag, januar, februar, märz, april, mai, juni, juli,
    august, september, oktober, november, dezember, rauf, rauf, herauf, herunter, hinauf, hinunter, rein, raus,
    herein, heraus, hinein, hinaus, los, weg, ab, fort, öffentlich, privat, eingehend, ausgehend, eingang, ausgang,
    stumm, laut, leise, hell, dunkel, warm, kalt, schnell, langsam, pause, weiter, wieder, nochmal, erneut, anderer,
    andere, anderes, anderen
  `),
  verbs: words(`
    schalt, mach, stell, dreh, setz, leg, geb/gib, bring, hol, schick, send, zeig, sag, spiel, pausier,
    wiederhol, überspring, les/lies, schreib, notier, merk, erinner, vergiss, füg, spul, entfern, lösch, streich, hak,
    räum, putz, saug, wisch, reinig, wasch, trockn, dimm, verdunkel, erhell, erhöh, verringer, senk, heb, reduzier,
    verstärk, verlänger, verkürz, vergrößer, verkleiner, kürz, aktivier, deaktivier, schließ/schliess, öffn, sperr,
    riegel, verriegel, entriegel, verbind, trenn, koppel, lad, installier, deinstallier, aktualisier, kopier, druck,
    scann, ruf, wähl, antwort, lehn, akzeptier, erlaub, verbiet, blockier, folg, teil, veröffentlich, versteck, zoom,
    scroll, tipp, klick, drück, zieh/zieht, schieb, greif, halt, lass, trag, fahr, park, geh, lauf, komm, kehr,
    rotier, steh, spring, tanz, wink, steig, sink, land, start, starte, flieg, buch, bestell, kauf, verkauf, zahl,
    miet, vermiet, reservier, verlass, betret, beend, beginn, stopp, brech/brich, weck, schlaf, heiz, kühl, wärm,
    koch, back, brat, grill, brüh, mahl, gieß, füll, leer, fütter, misch, rühr, such, find, prüf, speicher, sicher,
    archivier, markier, sortier, filter, vergleich, übersetz, zähl, mess, rechn, zeichn, mal, plan, verschieb, meld,
    frag, flüster, sing, hör, schau, guck, bewässer, sprüh, mäh, dock, roll, klapp, wickel, pack, bind, lös, lock,
    locker, verschlüssel, entschlüssel, abonnier, kündig, genehmig, bestätig, werf/wirf, fang, tausch, wechsel,
    teste, test, arbeit, regel, justier, minimier, maximier, lauter, leiser, montier, demontier, exportier,
    importier, mut, stumm, beschleunig, brems, lenk, navigier, führ, begleit, lob, tadel, gewinn, verlier, belohn,
    bestraf, leih, verleih, hänge, häng
  `),
  changingVerbs: words(`
    stopp, beend, lösch, entfern, streich, brech/brich, pausier, verlänger, verkürz, kürz, erhöh, verringer,
    reduzier
  `),
  generalVerbs: words(`
    spiel, mach, setz, stell, leg, geb/gib, bring, hol, start, öffn, zeig, geh, hör, schau, seh/sieh,
    abspiel, anschau, anseh, anhör, weiterhör, weiterschau,
    will/woll, mag/mög/möchte, würd, führ
  `),
  definites: words(`der, die, das, den, dem, des, dieser, diese, dieses, diesen, diesem`),
  states: words('auf pause, auf stumm, auf lautlos, auf standby, in gang, in betrieb'),
  denials: words('nicht, nie, niemals, kein, keine, keinen, keinem, keiner'),
  possessives: words(`
    mein, meine, meinen, meinem, meiner, meines, unser, unsere, unseren, unserem, unserer, unseres
  `),
  verbForms: (stem) => ['', 'e', 'en', 'n', 't', 'et', 'st', 'le', 'te', 'ten', 'est'].map((ending) => stem + ending),
  turningPrefixes: words(`
    an, aus, auf, ab, ver, zu, ein, hoch, runter, hinauf, hinunter, herauf, herunter, rauf, ent, be, er, de, des, dis,
    um, über, unter, vor, nach, los, weg, raus, rein, her, hin, weiter, fort, zurück, un, nieder, mit, bei, durch,
    wieder, in, ex, im, heraus, herein, hinaus, hinein, zer, miss, vorwärts, rückwärts, zusammen, auseinander
  `),
  beforeNumbers: words(`
    um, auf, in, für, bis, ab, nach, vor, seit, gegen, bei, von, über, unter, zu, am, im, ins, vom, zum, zur, beim
  `),
  subjects: words(`ich, du, er, sie, wir, ihr, man`),
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
  requests,
  links: ['und', 'dann', 'und dann'],
  plurals: (word) => [`${word}n`, `${word}en`, `${word}s`],
  gluedUnits: ['std', 'stunde', 'stunden', 'minute', 'minuten', 'sek', 'tage', 'tag'],
  signs: { degree: 'grad', ampersand: 'und', plusSign: 'plus', sharp: 'sharp' },
  letterSounds: { ä: 'e', ö: 'e', ü: 'i' },
  dialog: {
    places: [
      words('erstes, das erste, die erste, der erste, den ersten, eins, nummer eins, 1, ersteres'),
      words('zweites, das zweite, die zweite, der zweite, den zweiten, zwei, nummer zwei, 2, letzteres, das andere'),
      words('drittes, das dritte, die dritte, der dritte, den dritten, drei, nummer drei, 3'),
    ],
    corrections: words(`
      nein, nee, nein ich meinte, nein ich meine, ich meinte, ich meine, ich sagte, nein ich sagte, nicht das, falsch,
      sondern, entschuldigung, moment nein, doch lieber
    `),
    again: words('noch mal, nochmal, noch einmal, nochmals, mach das noch mal, das gleiche noch mal, wiederhole das'),
    planned: words('was ist geplant, was hast du geplant, was steht an, zeig was geplant ist, zeige was geplant ist'),
    unplan: words('brich das ab, das abbrechen, streich das, sag das ab, den plan abbrechen, geplantes abbrechen'),
  },
  captions: words(`
    untertitel der amara org community, untertitel im auftrag des zdf, untertitelung des zdf, vielen dank fürs
    zuschauen, danke fürs zuschauen
  `),
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
    tap: 'Bitte bestätigen Sie das auf dem Bildschirm.',
    sayPin: 'Bitte sagen oder tippen Sie die PIN.',
    wrongPin: 'Das ist nicht die PIN.',
    which: (name) => `Was genau: ${name}?`,
    howLong: 'Wie lange?',
    or: 'oder',
    unknownValue: (slot, said) => `„${said}“ kenne ich nicht (${slot}).`,
    say: (values) => `Möglich: ${values}.`,
    unknownBeside: (said) => `Mit „${said}“ kann ich das nicht, darum habe ich nichts getan.`,
    atTime: (time) => `um ${time}`,
    tomorrowAt: (time) => `morgen um ${time}`,
    onDayAt: (day, time) => `am ${day} um ${time}`,
    planned: (list) => `Geplant: ${list}.`,
    nothingPlanned: 'Nichts ist geplant.',
    unplanned: (planned) => `Abgesagt: ${planned}.`,
  },
};
