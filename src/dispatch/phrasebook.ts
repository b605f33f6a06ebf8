/** What heed itself says to a speaker, by ISO 639-1 code. */
const phrasebook = {
  en: { confirm: (phrase: string) => `Did you mean “${phrase}”?`, expected: (hint: string) => `I expected ${hint}.`, yesOrNo: 'yes or no' },
  de: { confirm: (phrase: string) => `Meinten Sie „${phrase}“?`, expected: (hint: string) => `Erwartet: ${hint}.`, yesOrNo: 'ja oder nein' },
  fr: { confirm: (phrase: string) => `Vouliez-vous dire « ${phrase} » ?`, expected: (hint: string) => `Réponse attendue : ${hint}.`, yesOrNo: 'oui ou non' },
  es: { confirm: (phrase: string) => `¿Quería decir «${phrase}»?`, expected: (hint: string) => `Se esperaba: ${hint}.`, yesOrNo: 'sí o no' },
};

/** heed's own words in a language; English where it has none. */
export function phrasesIn(language: string): (typeof phrasebook)['en'] {
  const code = language.toLowerCase().split(/[-_]/)[0]!;
  return phrasebook[(Object.hasOwn(phrasebook, code) ? code : 'en') as keyof typeof phrasebook];
}
