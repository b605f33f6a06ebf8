import type { Grammar } from '../grammar/index.ts';

/** Returns a function that compiles something once for each language, for as long as it is in use. */
export function keptGrammars<Source extends object>(
  compile: (source: Source, language: string) => Grammar,
): (source: Source, language: string) => Grammar {
  const kept = new WeakMap<Source, Map<string, Grammar>>();
  return (source, language) => {
    let byLanguage = kept.get(source);
    if (!byLanguage) kept.set(source, (byLanguage = new Map<string, Grammar>()));
    let grammar = byLanguage.get(language);
    if (!grammar) byLanguage.set(language, (grammar = compile(source, language)));
    return grammar;
  };
}
