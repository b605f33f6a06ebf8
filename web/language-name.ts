/** Returns the English name of an ISO 639-1 code, or the code itself where the browser knows none. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
