/** ISO 639-1 code of English: what models for one language know, and what heed's own messages are in. */
export const englishCode = 'en';

/** The language where none is named, and with "auto" before anything was heard. */
export const defaultLanguage = englishCode;

/** The language of a regional code: "de" of "de-AT". */
export function baseCode(code: string): string {
  return code.toLowerCase().split(/[-_]/)[0]!;
}

/** The code itself; "auto" is the default language. */
export function codeOrDefault(code: string): string {
  return code === 'auto' ? defaultLanguage : code;
}
