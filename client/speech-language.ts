/** Returns the language of the page, or an empty string. */
export function pageLanguage(): string {
  return typeof document === 'undefined' ? '' : document.documentElement.lang;
}

/** Turns "en-US" into "en"; undefined, the server's own language, where none is named. */
export function languageOf(tag: string): string | undefined {
  if (tag === '') return undefined;
  return /^(auto|[a-z]{2,3})(?:[-_]|$)/i.exec(tag)?.[1]?.toLowerCase() ?? 'unknown';
}
