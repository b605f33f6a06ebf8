import { spellWhole } from './whole-numbers.ts';
import type { Language, LanguageDefinition } from './language.ts';

const noAnswers = { yes: [], clearYes: [], no: [], cancel: [], courtesy: [] };

/** Fills in what a definition leaves out. Missing `sentences` and `signs` are taken from another language. */
export function complete(definition: LanguageDefinition, other: Pick<Language, 'sentences' | 'signs'>): Language {
  const small = definition.spell ?? ((value: number): string[] => [String(value)]);
  const wholes = {
    spell: small,
    scales: definition.scales ?? [],
    spellBefore: definition.spellBefore ?? small,
    spellAfter: definition.spellAfter ?? small,
    scaleLinks: definition.scaleLinks ?? [],
  };
  const { sentences: own } = definition;
  return withoutInherited({
    shortScales: {},
    pairs: false,
    zeros: [],
    amounts: {},
    digraphs: {},
    over: [],
    parts: () => [],
    ordinal: (value) => [String(value)],
    ordinalMarks: [],
    ordinalStarts: [],
    articles: small(1),
    minus: ['minus'],
    point: [],
    decimalMarks: [',', '.'],
    groupsDigits: false,
    percent: ['%'],
    percentStarts: [],
    unitSigns: {},
    percentWords: {},
    units: { week: [], day: [], hour: ['h'], minute: ['min'], second: ['s'] },
    one: [],
    and: [],
    beforeUnit: [],
    afterNumber: [],
    afterUnit: [],
    halfPast: () => [],
    durations: {},
    directions: [],
    verbs: [],
    changingVerbs: [],
    generalVerbs: [],
    definites: [],
    denials: [],
    states: [],
    possessives: [],
    verbForms: (stem) => [stem],
    turningPrefixes: [],
    beforeNumbers: [],
    subjects: [],
    reportedVerbs: () => [],
    questions: [],
    weak: [],
    fillers: [],
    openings: [],
    politeStart: [],
    politeEnd: [],
    links: [],
    contractions: {},
    plurals: () => [],
    gluedUnits: [],
    elisions: [],
    signs: other.signs,
    abbreviations: [],
    captions: [],
    letterSounds: {},
    echoes: [],
    dialog: { places: [], corrections: [], again: [], planned: [], unplan: [] },
    answers: noAnswers,
    ...definition,
    sentences: own && own !== other.sentences ? { ...other.sentences, ...own } : other.sentences,
    ...wholes,
    spell: (value) => spellWhole(value, wholes),
  });
}

/**
 * Copies the tables of a language without the properties that every object has, so that "constructor" is a word like
 * any other.
 */
function withoutInherited<T extends object>(tables: T): T {
  const own = Object.entries(tables).map(([name, value]: [string, unknown]) => [
    name,
    isTable(value) ? bare(value) : value,
  ]);
  return Object.fromEntries(own) as T;
}

/** Languages that share a table share its copy. */
const copies = new WeakMap<object, object>();

function bare(table: object): object {
  const copy = copies.get(table) ?? Object.assign(Object.create(null) as object, withoutInherited(table));
  copies.set(table, copy);
  return copy;
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
