/** ISO 639-1 code of English, the language of models that know only one, and of heed's own error messages. */
export const englishCode = 'en';

/** The language if none is named, and with "auto" until something has been heard. */
export const defaultLanguage = englishCode;

/** The language of a regional code, such as "de" for "de-AT". */
export function baseCode(code: string): string {
  return code.toLowerCase().split(/[-_]/)[0]!;
}

const withoutSpaces: ReadonlySet<string> = new Set(['zh', 'yue', 'ja', 'th', 'lo', 'km', 'my']);

/** Whether words are written with spaces between them. */
export function writesSpaces(code: string): boolean {
  return !withoutSpaces.has(baseCode(code));
}

/** Returns the code itself, or the default language for "auto". */
export function codeOrDefault(code: string): string {
  return code === 'auto' ? defaultLanguage : code;
}
