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
  return {
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
    verbForms: (stem) => [stem],
    turningPrefixes: [],
    beforeNumbers: [],
    subjects: [],
    reportedVerbs: () => [],
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
    dialog: { places: [], corrections: [], again: [] },
    answers: noAnswers,
    ...definition,
    sentences: own && own !== other.sentences ? { ...other.sentences, ...own } : other.sentences,
    ...wholes,
    spell: (value) => spellWhole(value, wholes),
  };
}
