import type { Language } from '../../language/index.ts';

/** Builds something once for each language, when it is first needed. */
export function perLanguage<T>(build: (language: Language) => T): (language: Language) => T {
  const built = new WeakMap<Language, { made: T }>();
  return (language) => {
    let known = built.get(language);
    if (!known) built.set(language, (known = { made: build(language) }));
    return known.made;
  };
}
