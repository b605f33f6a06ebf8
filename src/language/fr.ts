import type { LanguageDefinition } from './language.ts';
import { dates, times } from './values/fr.ts';
import { things } from './values/things/fr.ts';
import { requests } from './requests/fr.ts';
import { words } from './words.ts';

const small = words(`
  zéro, un, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze, quinze, seize,
  dix sept, dix huit, dix neuf
`);
const tens = ['', '', 'vingt', 'trente', 'quarante', 'cinquante', 'soixante'];

function spell(value: number): string[] {
  if (value === 1) return ['un', 'une'];
  if (value < 20) return [small[value]!];
  if (value < 60) return onTen(tens[Math.floor(value / 10)]!, value % 10);
  if (value < 80) {
    const usual = value < 70 ? onTen('soixante', value % 10) : spell(value - 60).map((rest) => `soixante ${rest}`);
    const joined = value === 71 ? ['soixante et onze', ...usual] : usual;
    return [...joined, ...(value < 70 ? [] : onTen('septante', value - 70))];
  }
  if (value < 100) {
    const usual =
      value === 80 ? ['quatre vingts', 'quatre vingt'] : spell(value - 80).map((one) => `quatre vingt ${one}`);
    const regional = value < 90 ? ['huitante', 'octante'] : ['nonante'];
    return [...usual, ...regional.flatMap((ten) => onTen(ten, value % 10))];
  }
  const count = Math.floor(value / 100);
  const heads = count === 1 ? ['cent'] : [`${small[count]!} cents`, `${small[count]!} cent`];
  if (value % 100 === 0) return heads;
  return spell(value % 100).flatMap((rest) => heads.slice(-1).map((head) => `${head} ${rest}`));
}

function onTen(ten: string, one: number): string[] {
  if (one === 0) return [ten];
  return one === 1 ? ['et un', 'et une', 'un', 'une'].map((end) => `${ten} ${end}`) : [`${ten} ${small[one]!}`];
}

/** Returns the forms that go in front of "mille": "quatre vingt", not "quatre vingts". */
function spellBefore(value: number): string[] {
  return [...new Set(spell(value).map((way) => way.replace(/(vingt|cent)s$/, '$1')))];
}

/** Returns places in a row without "ième" for those that are not simply the number without its last "e". */
const ordinalEnds: Readonly<Record<string, string>> = { cinq: 'cinqu', neuf: 'neuv', vingts: 'vingt', cents: 'cent' };

function ordinal(value: number): string[] {
  if (value === 1) return ['premier', 'première', 'premiers', 'premières'];
  const ways = (value === 1000 ? ['mille'] : spell(value)).filter((way) => !way.endsWith('une'));
  const named = ways.map((way) => `${way.replace(/\S+$/, (last) => ordinalEnds[last] ?? last.replace(/e$/, ''))}ième`);
  return [...new Set([...named, ...named.map((way) => `${way}s`), ...(value === 2 ? ['second', 'seconde'] : [])])];
}

function parts(count: number): string[] {
  if (count === 2) return ['demi', 'demis', 'demie', 'demies', 'moitié'];
  if (count === 3) return ['tiers', 'troisième', 'troisièmes'];
  return [...(count === 4 ? ['quart', 'quarts'] : []), ...ordinal(count)];
}

/** French. */
export const french: LanguageDefinition = {
  code: 'fr',
  dates,
  times,
  things,
  spell,
  scales: [
    // In digits only: "3 cents".
    { value: 100, one: [], words: ['cent', 'cents'], counts: () => false },
    { value: 1e3, one: ['mille', 'un mille'], words: ['mille', 'milles'] },
    { value: 1e6, one: ['un million', 'million'], words: ['millions', 'million'] },
    { value: 1e9, one: ['un milliard', 'milliard'], words: ['milliards', 'milliard'] },
    { value: 1e12, one: ['un billion', 'billion', 'un trillion'], words: ['billions', 'billion', 'trillions'] },
  ],
  spellBefore,
  scaleLinks: ['et'],
  shortScales: { k: 1e3 },
  amounts: {
    huitaine: 8,
    dizaine: 10,
    dizaines: 10,
    douzaine: 12,
    douzaines: 12,
    quinzaine: 15,
    vingtaine: 20,
    trentaine: 30,
    quarantaine: 40,
    cinquantaine: 50,
    soixantaine: 60,
    centaine: 100,
    centaines: 100,
  },
  over: ['sur'],
  parts,
  ordinal,
  ordinalMarks: ['er', 'ère', 're', 'e', 'è', 'ème', 'ième', 'nd', 'nde'],
  ordinalStarts: ['le', 'la', 'les', "l'"],
  articles: ['un', 'une'],
  minus: ['moins', 'négatif', 'négative'],
  point: ['virgule', 'point'],
  decimalMarks: [',', '.'],
  groupsDigits: true,
  percent: ['pour cent', 'pourcent', 'pourcents', 'pour cents', 'pourcentage', 'pourcentages'],
  unitSigns: { $: ['dollars', 'dollar'], '€': ['euros', 'euro'], '£': ['livres', 'livre'], '¥': ['yens', 'yen'] },
  percentWords: {
    'la moitié': 50,
    moitié: 50,
    'à moitié': 50,
    maximum: 100,
    'au maximum': 100,
    plein: 100,
    'un quart': 25,
    'trois quarts': 75,
  },
  units: {
    week: ['semaine', 'semaines'],
    day: ['jour', 'jours', 'journée', 'journées', 'j'],
    hour: ['heure', 'heures', 'h', 'hr', 'hrs'],
    minute: ['minute', 'minutes', 'min', 'mins', 'mn'],
    second: ['seconde', 'secondes', 's', 'sec', 'secs'],
  },
  one: ['une', 'un'],
  and: ['et'],
  beforeUnit: [
    ['une demi', 0.5],
    ['demi', 0.5],
    ['une autre', 1],
    ['un autre', 1],
    ["quart d'", 0.25],
    ["un quart d'", 0.25],
    ['quart de', 0.25],
    ['un quart de', 0.25],
    ['trois quarts de', 0.75],
    ['encore une', 1],
    ['encore un', 1],
    ["trois quarts d'", 0.75],
  ],
  afterNumber: [
    ['et demi', 0.5],
    ['et demie', 0.5],
  ],
  afterUnit: [
    ['et demie', 0.5],
    ['et demi', 0.5],
    ['et quart', 0.25],
    ['et un quart', 0.25],
  ],
  durations: {
    'toute la journée': 86_400,
    'journée entière': 86_400,
    'une journée entière': 86_400,
    'toute la semaine': 604_800,
    'semaine entière': 604_800,
    'une semaine entière': 604_800,
  },
  fillers: ['euh', 'heu', 'hum', 'hein', 'ben', 'bah'],
  openings: ['hé', 'salut', 'ok', 'alors', 'bon', 'et', 'puis'],
  politeStart: words(`
    s'il te plaît, s'il vous plaît, peux tu, pourrais tu, tu peux, pouvez vous, pourriez vous, merci de
  `),
  politeEnd: ["s'il te plaît", "s'il vous plaît", 'maintenant'],
  weak: words(`
    le, la, les, l, un, une, des, du, de, à, au, aux, dans, et, merci, moi, mes, mon, ma
  `),
  critical: words(`
    ne, pas, jamais, non, sans, sauf, allume, éteins, ouvre, ferme, monte, baisse, arrête, démarre, tout, tous,
    toutes, plus, moins, si, pourquoi
  `),
  directions: words(`
    gauche, droite, premier, première, dernier, dernière, suivant, suivante, précédent, précédente, prochain,
    prochaine, fort, faible, clair, sombre, chaud, froid, rapide, lent, vite, lentement, haut, bas, haute, basse,
    grand, petit, long, court, maximum, minimum, maximal, minimal, dedans, dehors, intérieur, extérieur, devant,
    derrière, avant, après, arrière, dessus, dessous, nord, sud, est, ouest, matin, soir, midi, minuit, aujourd'hui,
    demain, hier, tôt, tard, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, janvier, février, mars,
    avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre, public, privé, entrant, sortant,
    entrée, sortie, amont, aval, pause, sourdine, marche, silence, veille, nouveau, encore, envers
  `),
  verbs: words(`
    allum, étein/éteind, ouvr, ferm, mont, baiss, met/mett, règl/régl, augment, diminu, rédui/réduis, activ,
    désactiv, arrêt, stopp, démarr, lanc/lance, commenc, repren/reprend, continu, paus, jou/joue, lis, lire, écout,
    regard, pass, saut, répèt/répét, coup, rétabli, ajout, supprim, enlèv/enlev, retir, effac, vid, rempli,
    nettoi/nettoy, aspir, lav, sèch, éclair, assombri, tamis, chauff, refroidi, verrouill, déverrouill, branch,
    débranch, connect, déconnect, charg, décharg, install, désinstall, télécharg, démont, attach, détach,
    envoi/envoy, appel, rappel/rappell, décroch, raccroch, répond, accept, refus, autoris, interdi, bloqu, débloqu,
    suiv, partag, publi, cach, affich, masqu, montr, agrandi, rétréci, tourn, pivot, avanc, recul, march, cour,
    vien/ven, reviens, retourn, ramèn, amèn, emmèn, apport, emport, port, pren/prend, pos, lâch, soulèv/soulev,
    saisi, décoll, atterri, command, achèt/achet, vend/vendr, pai/pay, réserv, lou, annul, confirm, invit, réveill,
    endor, cui/cuis, fai, prépar, vers, mélang, arros, nourri, cherch, trouv, vérifi, coch, décoch, termin, fini,
    enregistr, sauvegard, archiv, restaur, marqu, tri, filtr, compar, convert, tradui, compt, mesur, calcul, dessin,
    programm, planifi, report, annonc, diffus, dis, dit, demand, parl, cri, chant, prolong, allong, raccourci,
    enroul, déroul, pli, dépli, serr, desserr, gonfl, dégonfl, insér, éject, inclu, exclu, abonn, désabonn, import,
    export, chiffr, déchiffr, couvr, découvr, recouvr, press, pouss, tir, attrap, jett, tond, dorm, habill,
    déshabill, viss, déviss, coll, arm, désarm, noue, dénou, gagn, perd, prêt, emprunt, ralenti, accélèr/accélér,
    frein, écri, remplac, échang, entre, sort, descend/descen, quitt, rejoin, choisi, sélectionn
  `),
  changingVerbs: words(`
    arrêt, stopp, annul, supprim, enlèv/enlev, retir, effac, paus, termin, prolong, allong, raccourci, augment,
    diminu, rédui/réduis
  `),
  generalVerbs: words(`
    mett/met, jou, fai, don, lanc, démarr, ouvr, montr, pass, exécut, activ, écout, regard, voir, va/all
  `),
  definites: words(`le, la, les, l, ce, cet, cette, ces`),
  states: words('en pause, en marche, en route, en veille, en sourdine, en muet, en silencieux, hors tension'),
  denials: words('pas, jamais'),
  possessives: words(`mon, ma, mes, notre, nos`),
  verbForms: (stem) =>
    ['', 'e', 'es', 'ez', 'er', 'ir', 's', 't', 're', 'ons', 'ent', 'ant', 'ssez', 'sez', 'é', 'ée'].map(
      (ending) => stem + ending,
    ),
  turningPrefixes: words(`
    dé, dés, des, dis, re, ré, r, in, im, en, em, ex, é, a, ap, mal, sur, sous, télé, non, anti, contre
  `),
  beforeNumbers: words(`à, de, en, dans, pour, vers, par, jusque, depuis, d, sur, sous, avant, après, pendant`),
  subjects: words(`je, il, elle, on, nous, ils, elles`),
  questions: words(`
    qui, que, quoi, quel, quelle, quels, quelles, quand, où, pourquoi, comment, combien, est, sont, a, ont, était
  `),
  turning: words(`
    ne, n, pas, jamais, rien, personne, aucun, aucune, si, sauf, quand, lorsque, dès, jusque, après, avant,
    pendant, parce, sans, excepté, hormis, pourquoi, qui, dit, disait, demandé, tard, demain, bientôt, hier, déjà,
    chaque
  `),
  requests,
  links: ['et', 'puis', 'et puis', 'ensuite'],
  plurals: (word) => (/[sxz]$/.test(word) ? [] : [`${word}s`]),
  elisions: ['l', 'd', 'j', 'm', 't', 's', 'n', 'c', 'qu', 'jusqu'],
  signs: { degree: 'degrés', ampersand: 'et', plusSign: 'plus', sharp: 'dièse' },
  letterSounds: { œ: 'e', ç: 's' },
  dialog: {
    places: [
      words('premier, première, le premier, la première, un, numéro un, 1'),
      words('deuxième, second, seconde, le deuxième, la deuxième, le second, la seconde, deux, numéro deux, 2'),
      words('troisième, le troisième, la troisième, trois, numéro trois, 3'),
    ],
    corrections: words(`
      non, non je voulais dire, je voulais dire, non je veux dire, je veux dire, pas ça, pardon, plutôt, non plutôt
    `),
    again: words('encore, encore une fois, une fois de plus, refais le, refais ça, répète ça, recommence'),
    planned: words("qu'est ce qui est prévu, qu'est-ce qui est prévu, que prévois tu, montre ce qui est prévu"),
    unplan: words('annule ça, annule cela, annule le dernier, annule ce qui est prévu'),
  },
  captions: words(`
    sous titres réalisés par la communauté d'amara org, sous titrage société radio canada, merci d'avoir regardé cette
    vidéo, abonnez vous
  `),
  answers: {
    yes: words(`
      oui, ouais, si, d'accord, bien sûr, ok, okay, exact, exactement, vas-y, allez-y, fais-le, faites-le, c'est ça,
      volontiers
    `),
    clearYes: ['oui', 'vas-y', 'allez-y', 'fais-le', 'faites-le'],
    no: ['non', 'pas', 'jamais', 'faux', 'arrête', 'stop', 'attends', 'surtout pas'],
    cancel: words(`
      annule, annuler, annulez, laisse tomber, laissez tomber, oublie, oublie ça, tant pis, stop, arrête
    `),
    courtesy: ['merci', "s'il", 'te', 'vous', 'plaît'],
  },
  sentences: {
    confirm: (phrase) => `Vouliez-vous dire « ${phrase} » ?`,
    expected: (hint) => `Réponse attendue : ${hint}.`,
    yesOrNo: 'oui ou non',
    sayYes: 'Dites clairement « oui ».',
    tap: 'Confirmez sur l’écran.',
    sayPin: 'Dites ou tapez le code.',
    wrongPin: 'Ce n’est pas le code.',
    which: (name) => `Quelle valeur : ${name} ?`,
    howLong: 'Combien de temps ?',
    or: 'ou',
    unknownValue: (slot, said) => `Je ne connais pas « ${said} » (${slot}).`,
    say: (values) => `Dites : ${values}.`,
    unknownBeside: (said) => `Je ne sais pas faire cela avec « ${said} » ; je n'ai rien fait.`,
    atTime: (time) => `à ${time}`,
    tomorrowAt: (time) => `demain à ${time}`,
    onDayAt: (day, time) => `${day} à ${time}`,
    planned: (list) => `Prévu : ${list}.`,
    nothingPlanned: "Rien n'est prévu.",
    unplanned: (planned) => `Annulé : ${planned}.`,
  },
};
