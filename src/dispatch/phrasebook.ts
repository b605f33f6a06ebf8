/** What heed itself says to a speaker, by ISO 639-1 code. */
const phrasebook = {
  en: {
    confirm: (phrase: string) => `Did you mean “${phrase}”?`,
    expected: (hint: string) => `I expected ${hint}.`,
    yesOrNo: 'yes or no',
    sayYes: 'Please say “yes” clearly.',
    which: (name: string) => `Which ${name}?`,
    howLong: 'How long?',
    or: 'or',
  },
  de: {
    confirm: (phrase: string) => `Meinten Sie „${phrase}“?`,
    expected: (hint: string) => `Erwartet: ${hint}.`,
    yesOrNo: 'ja oder nein',
    sayYes: 'Bitte sagen Sie deutlich „ja“.',
    which: (name: string) => `Was genau: ${name}?`,
    howLong: 'Wie lange?',
    or: 'oder',
  },
  fr: {
    confirm: (phrase: string) => `Vouliez-vous dire « ${phrase} » ?`,
    expected: (hint: string) => `Réponse attendue : ${hint}.`,
    yesOrNo: 'oui ou non',
    sayYes: 'Dites clairement « oui ».',
    which: (name: string) => `Quelle valeur : ${name} ?`,
    howLong: 'Combien de temps ?',
    or: 'ou',
  },
  es: {
    confirm: (phrase: string) => `¿Quería decir «${phrase}»?`,
    expected: (hint: string) => `Se esperaba: ${hint}.`,
    yesOrNo: 'sí o no',
    sayYes: 'Diga «sí» con claridad.',
    which: (name: string) => `¿Qué valor: ${name}?`,
    howLong: '¿Cuánto tiempo?',
    or: 'o',
  },
};

/** heed's own words in a language; English where it has none. */
export function phrasesIn(language: string): (typeof phrasebook)['en'] {
  const code = language.toLowerCase().split(/[-_]/)[0]!;
  return phrasebook[(Object.hasOwn(phrasebook, code) ? code : 'en') as keyof typeof phrasebook];
}
