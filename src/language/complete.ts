import type { Language, LanguageDefinition } from './language.ts';

const noAnswers = { yes: [], clearYes: [], no: [], cancel: [], courtesy: [] };

/** Fills in what a definition leaves out. Missing `sentences` and `signs` are taken from another language. */
export function complete(definition: LanguageDefinition, other: Pick<Language, 'sentences' | 'signs'>): Language {
  const spell = definition.spell ?? ((value: number): string[] => [String(value)]);
  return {
    spell,
    articles: spell(1),
    minus: ['minus'],
    point: [],
    decimalMarks: [',', '.'],
    groupsDigits: false,
    percent: ['%'],
    percentWords: {},
    units: { hour: ['h'], minute: ['min'], second: ['s'] },
    one: [],
    and: [],
    beforeUnit: [],
    afterNumber: [],
    afterUnit: [],
    halfPast: () => [],
    durations: {},
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
    answers: noAnswers,
    sentences: other.sentences,
    ...definition,
  };
}
